# Sourced before every script of a scenario: the patient's containers by name, and the few things scripts do with them.
P=${COMPOSE_PROJECT_NAME:?} NET=${COMPOSE_PROJECT_NAME}_default
DB=$P-db-1 APP=$P-app-1 NGX=$P-nginx-1 MC=$P-memcached-1 S3=$P-minio-1 OFE=$P-ofelia-1 QGIS=$P-qgis-1
W1=$P-worker_wrapper-1 W2=$P-worker_wrapper-2 W3=$P-worker_wrapper-3 W4=$P-worker_wrapper-4
PATIENT=${FIELDMEDIC_FAULTS_PATIENT:?}
P1=00000000-0000-0000-0000-000000000001 P2=00000000-0000-0000-0000-000000000002 P3=00000000-0000-0000-0000-000000000003

# As the app's own role, and as the superuser.
Q() { docker exec "$DB" timeout 5 psql -XqAt -v ON_ERROR_STOP=1 -U qfieldcloud_db_admin -d qfieldcloud_db -c "$1"; }
SU() { docker exec "$DB" timeout 5 psql -XqAt -v ON_ERROR_STOP=1 -U postgres -d qfieldcloud_db -c "$1"; }
# A new package job of a project; prints its id.
job() { Q "WITH made AS (INSERT INTO core_job (type, status, project_id) VALUES ('package', 'pending', '$1') RETURNING id), child AS (INSERT INTO core_packagejob (job_ptr_id) SELECT id FROM made) SELECT id FROM made"; }
jobs() { local n; for n in $(seq "$1"); do job "$(printf '00000000-0000-0000-0000-%012d' "$n")" >/dev/null; done; }
site() { curl -s -o /dev/null -w '%{http_code}' --max-time 5 --cacert "$PATIENT/.state/ca/ca.pem" "https://localhost:${WEB_HTTPS_PORT:?}/api/v1/status/" || true; }
state() { docker inspect --format '{{.State.Status}}' "$1"; }
restarts() { docker inspect --format '{{.RestartCount}}' "$1"; }
compose() { (cd "$PATIENT" && docker compose --progress quiet "$@"); }
# compose with an override of the scenario's own on top: with_override FILE up -d nginx
with_override() { local file=$SCENARIO/$1; shift; compose --file docker-compose.yml --file "$file" "$@"; }
wait_for() { local n; for n in $(seq 150); do if "$@" >/dev/null 2>&1; then return 0; fi; sleep 0.2; done; echo "still not: $*" >&2; return 1; }
is() { [ "$("${@:2}")" = "$1" ]; }
# What the app's own container can reach, past every cache.
app_sql() { docker exec "$APP" timeout 6 python3 -c "import sys; from contextlib import closing; from database import connect
with closing(connect()) as c, c.cursor() as q: q.execute(sys.argv[1])" "$1"; }
# Freezes what runs in a container, as a hang does: it keeps its port and answers nothing.
freeze() { kill -STOP $(docker top "$1" -eo pid | tail -n +2); }
# Serves another certificate of the sandbox's own authority: leaf DAYS [NAMES]; restore_leaf brings the good one back.
leaf() {
  [ -d "$PATIENT/.state/certs.good" ] || cp -a "$PATIENT/.state/certs" "$PATIENT/.state/certs.good"
  # Only `openssl ca` signs for a time that is over.
  (
    cd "$PATIENT/.state" && rm -rf ca/signed && mkdir ca/signed && touch ca/signed/index.txt
    openssl ca -batch -notext -config <(printf '%s\n' '[ca]' default_ca=d '[d]' database=ca/signed/index.txt new_certs_dir=ca/signed rand_serial=yes default_md=sha256 policy=p unique_subject=no '[p]' commonName=supplied \
      '[e]' "subjectAltName=${2:-DNS:localhost,DNS:nginx,IP:127.0.0.1}" basicConstraints=CA:FALSE extendedKeyUsage=serverAuth) -extensions e \
      -cert ca/ca.pem -keyfile ca/ca-key.pem -in ca/localhost.csr -out certs/localhost.pem \
      -startdate "$(date -u -d '40 days ago' +%y%m%d%H%M%SZ)" -enddate "$(date -u -d "$1 days" +%y%m%d%H%M%SZ)" 2>/dev/null
  )
}
restore_leaf() {
  [ -d "$PATIENT/.state/certs.good" ] || return 0
  cp -a "$PATIENT/.state/certs.good/." "$PATIENT/.state/certs/" && rm -r "$PATIENT/.state/certs.good"
}
# Seconds until the served certificate ends, below zero when it has.
served_seconds() { echo $(($(date -d "$(openssl s_client -connect "localhost:$WEB_HTTPS_PORT" </dev/null 2>/dev/null | openssl x509 -noout -enddate | cut -d= -f2)" +%s) - $(date +%s))); }
# Percent of the daemon's disk in use.
disk_used() { df --output=pcent "$(docker info --format '{{.DockerRootDir}}')" | tail -n 1 | tr -dc 0-9; }
# A job row that nothing will move: dead_row PROJECT STATUS AGE STARTED_AT; prints its id.
dead_row() { Q "INSERT INTO core_job (type, status, project_id, created_at, started_at) VALUES ('package', '$2', '$1', now() - interval '$3', $4) RETURNING id"; }
not_accepted() { ! Q 'SELECT 1'; }
restarted_often() { [ "$(restarts "$1")" -ge "${2:-3}" ]; }
address() { docker inspect --format "{{(index .NetworkSettings.Networks \"$NET\").IPAddress}}" "$1"; }
