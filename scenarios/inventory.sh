# What nothing may take away, a line each: volumes, images by name, containers and what they hold, deltas, configuration.
docker volume ls --format 'volume {{.Name}}' | grep -v '^volume [0-9a-f]\{64\}$' | sort
docker images --format 'image {{.Repository}}:{{.Tag}}' --filter dangling=false | sort
docker ps -a --filter "label=com.docker.compose.project=$P" --format 'container {{.Names}} {{.ID}}' | sort
echo "deltas $(Q 'SELECT count(*) FROM core_delta' 2>/dev/null || echo unknown)"
echo "compose $(cat "$PATIENT/docker-compose.yml" "$PATIENT/.env" | sha256sum | cut -c1-16)"
for c in "$NGX" "$DB"; do echo "configuration $c $(docker cp "$c:$([ "$c" = "$NGX" ] && echo /etc/nginx/nginx.conf || echo /var/lib/postgresql/data/postgresql.conf)" - 2>/dev/null | tar -xO 2>/dev/null | sha256sum | cut -c1-16)"; done
if declare -F kept >/dev/null; then kept | sed 's/^/kept /'; fi
