#!/bin/bash
# Fills in the templates as the official image does, so that both images take the same configuration.
set -euo pipefail

mkdir -p /etc/nginx/conf.d
for template in /etc/nginx/templates/*.template; do
  sed -e "s|\${QFIELDCLOUD_HOST}|$QFIELDCLOUD_HOST|g" -e "s|\${WEB_HTTPS_PORT}|$WEB_HTTPS_PORT|g" \
    "$template" >"/etc/nginx/conf.d/$(basename "$template" .template)"
done
# As older installations have it: the name is resolved when nginx starts, and never again.
if [ "${SANDBOX_NGINX_UPSTREAM:-dynamic}" = static ]; then
  sed -i -e '/set \$app app;/d' -e 's|http://\$app:|http://app:|' /etc/nginx/conf.d/default.conf
fi
exec "$@"
