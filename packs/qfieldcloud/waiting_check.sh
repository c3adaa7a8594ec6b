# Run inside a service: how many connections wait for its process to take them? The kernel completes a connection by itself, so one that
# nobody takes is the mark of a process that hangs; a firewall in front leaves no such trace. Nothing but what the shell itself can do.
most=0
for table in /proc/net/tcp /proc/net/tcp6; do
  [ -r "$table" ] || continue
  while read -r _ _ _ state queues _; do
    [ "$state" = 0A ] || continue # it listens
    waiting=$((0x${queues#*:}))
    [ "$waiting" -le "$most" ] || most=$waiting
  done < "$table"
done
echo "{\"connections\": $most}"
