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
