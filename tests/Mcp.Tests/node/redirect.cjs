// The reference server knows one address only. Loaded before it (node --require), this sends what is meant for GitHub to the
// stand-in named by the last argument; nothing else may leave the machine.
const target = process.argv.at(-1);
const original = globalThis.fetch;
globalThis.fetch = (url, options) => {
  const address = new URL(String(url));
  if (address.origin !== "https://api.github.com") throw new Error(`no way to ${address.origin}`);
  return original(new URL(address.pathname + address.search, target), options);
};
