# Run inside nginx: is anybody at the address that its configuration gives for the app, by the name as it stands now?
# nginx itself may still know an older address; then a reload helps, and it does not where the configuration is wrong.
# A configuration with a mistake is not printed by nginx, and read as it stands.
upstream=$({ nginx -T 2>/dev/null || cat /etc/nginx/nginx.conf /etc/nginx/conf.d/*.conf 2>/dev/null; } | grep -oE '[$]?app:[0-9]+' | tr -d '$' | sort -u | head -n 1)
[ -n "$upstream" ] || exit 0
if timeout 2 bash -c "exec 3<>/dev/tcp/${upstream%:*}/${upstream#*:}" 2>/dev/null; then echo '{"reachable": true}'; else echo '{"reachable": false}'; fi
