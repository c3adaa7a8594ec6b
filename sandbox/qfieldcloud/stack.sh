# Shared by up, down, reset and insert-jobs: settings, compose, and what "healthy" means. Sourced, not run.

directory=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
state=$directory/.state
# These may come from the environment; everything else is decided by .env alone.
readonly OVERRIDABLE='COMPOSE_PROJECT_NAME WEB_HTTP_PORT WEB_HTTPS_PORT QFIELDCLOUD_WORKER_REPLICAS COMPOSE_FILE SANDBOX_BASE_IMAGE'
readonly HEALTH_WAIT_SECONDS=${SANDBOX_WAIT_SECONDS:-120}

cd "$directory"

say() { printf '%s: %s\n' "${0##*/}" "$*"; }
die() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }

now_ms() { date +%s%3N; }
seconds_since() { awk -v from="$1" -v to="$(now_ms)" 'BEGIN { printf "%.1f s", (to - from) / 1000 }'; }

# One of up, down and reset at a time in this directory.
lock_stack() {
  mkdir -p "$state"
  exec 8>"$state/lock"
  flock -w 600 8 || die "another up, down or reset has been running for ten minutes"
}

# .env holds all that compose needs, so that anybody's `docker compose` in this directory means the same stack.
write_env() {
  local line key value
  while IFS= read -r line; do
    case $line in
      '' | '#'*) continue ;;
    esac
    key=${line%%=*}
    value=${line#*=}
    if [ -f .env ] && grep -q "^$key=" .env; then value=$(sed -n "s/^$key=//p" .env | tail -n 1); fi
    case " $OVERRIDABLE " in
      *" $key "*) value=${!key:-$value} ;;
    esac
    case $key in
      SANDBOX_STATE_DIRECTORY) value=$state ;;
      TMP_DIRECTORY) value=$state/io ;;
    esac
    printf '%s=%s\n' "$key" "$value"
  done <.env.example >"$state/env.new"
  cmp -s "$state/env.new" .env || cp "$state/env.new" .env
}

# Sets this shell's variables from .env and takes them out of the environment, where they would outvote .env in compose.
read_env() {
  local line
  [ -f .env ] || die "there is no .env yet; run ./up first"
  while IFS= read -r line; do
    unset "${line%%=*}"
    printf -v "${line%%=*}" '%s' "${line#*=}"
  done < <(grep -E '^[A-Z_]+=' .env)
}

compose() { docker compose --progress quiet "$@" 8>&-; }

containers() { docker ps --no-trunc --quiet --filter "label=com.docker.compose.project=$COMPOSE_PROJECT_NAME" "$@"; }

# The job containers that workers spawned carry the project's name as their only tie to it.
remove_job_containers() {
  local jobs
  jobs=$(docker ps --all --quiet --filter "label=app=${COMPOSE_PROJECT_NAME}_worker")
  [ -z "$jobs" ] || docker rm --force $jobs >/dev/null 2>&1 || true
}

# Compose leaves paused and frozen containers as they are, and they would block it.
thaw() {
  local paused process
  paused=$(containers --filter status=paused)
  [ -z "$paused" ] || docker unpause $paused >/dev/null
  # Not `docker kill --signal CONT`: the daemon would take it for a manual stop and forget the restart policy.
  for process in $(containers | xargs --no-run-if-empty docker inspect --format '{{.State.Pid}}'); do
    if grep -qs '^State:.T' "/proc/$process/status"; then kill -CONT "$process"; fi
  done
}

# Compose numbers a replica it makes anew above the highest one; scenarios want worker_wrapper-1 to N by name.
renumber_workers() {
  local prefix=$COMPOSE_PROJECT_NAME-worker_wrapper- workers=() name
  mapfile -t workers < <(docker ps --all --filter "label=com.docker.compose.project=$COMPOSE_PROJECT_NAME" \
    --filter label=com.docker.compose.service=worker_wrapper --format '{{.Names}}')
  for name in "${workers[@]}"; do
    if [ "${name#"$prefix"}" -gt ${#workers[@]} ]; then
      docker stop --time 30 "${workers[@]}" >/dev/null
      docker rm --force "${workers[@]}" >/dev/null
      return
    fi
  done
}

# A second checkout with the same project name takes the stack over: the bind mounts then lead into this directory.
warn_about_takeover() {
  local other
  other=$(docker ps --all --filter "label=com.docker.compose.project=$COMPOSE_PROJECT_NAME" \
    --format '{{.Label "com.docker.compose.project.working_dir"}}' | grep -vxF "$directory" | head -n 1 || true)
  [ -z "$other" ] || say "taking $COMPOSE_PROJECT_NAME over from $other"
}

sql() {
  docker compose exec -T db timeout 5 psql --no-psqlrc --quiet --tuples-only --no-align --set ON_ERROR_STOP=1 \
    --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --command "$1" </dev/null 8>&-
}

flush_cache() {
  docker compose exec -T memcached timeout 3 bash -c \
    'exec 3<>/dev/tcp/127.0.0.1/11211 && printf "flush_all\r\nquit\r\n" >&3 && grep -q OK <&3' </dev/null 8>&-
}

site_status() {
  curl --silent --ipv4 --max-time 5 --cacert "$state/ca/ca.pem" "https://localhost:$WEB_HTTPS_PORT/api/v1/status/"
}

# Empty when healthy, else the first thing that is not. The status answer is up to 60 s old, so it is never asked without a flush.
ailment() {
  sql "INSERT INTO django_cron_cronjoblog (code, start_time, end_time, is_success) VALUES ('sandbox.write_check', now(), now(), true)" \
    >/dev/null 2>&1 || { echo "database does not take writes"; return; }
  flush_cache >/dev/null 2>&1 || { echo "memcached does not answer"; return; }
  case $(site_status 2>/dev/null || true) in
    *'"database": "ok", "storage": "ok"'*) ;;
    '') echo "site does not answer"; return ;;
    *) echo "site is not all right yet"; return ;;
  esac
  local working
  working=$(sql "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'worker_wrapper'" 2>/dev/null || echo 0)
  [ "$working" -ge "$QFIELDCLOUD_WORKER_REPLICAS" ] \
    || { echo "$working of $QFIELDCLOUD_WORKER_REPLICAS workers have reached the database"; return; }
  containers --filter health=starting | grep -q . && { echo "a health check has not run yet"; return; }
  local service
  for service in $(docker compose config --services 8>&-); do
    case $service in
      qgis | createbuckets)
        [ -n "$(docker ps --all --quiet --filter "label=com.docker.compose.project=$COMPOSE_PROJECT_NAME" \
          --filter "label=com.docker.compose.service=$service" --filter exited=0)" ] \
          || { echo "one-shot $service has not ended well"; return; } ;;
      *)
        [ -n "$(containers --filter "label=com.docker.compose.service=$service" --filter status=running)" ] \
          || { echo "$service does not run"; return; } ;;
    esac
  done
}

wait_until_healthy() {
  local deadline=$((SECONDS + HEALTH_WAIT_SECONDS)) problem last=
  while problem=$(ailment); [ -n "$problem" ]; do
    if [ "$problem" != "$last" ]; then say "waiting: $problem"; last=$problem; fi
    [ "$SECONDS" -lt "$deadline" ] || die "not healthy after $HEALTH_WAIT_SECONDS s: $problem"
    sleep 0.2
  done
}
