# Is the patient well, by a user's way and past everything FieldMedic measures? Prints a line for each check: "ok NAME" or "BAD NAME: why".
# One that is bad is enough for the verdict: the two that take a minute are left out then.
ill=
check() { local name=$1 said; shift; if said=$("$@" 2>&1); then echo "ok $name"; else echo "BAD $name: $(tail -n 1 <<<"$said")"; ill=1; fi; }
check_long() { [ -n "$ill" ] || check "$@"; }

site_answers() { [ "$(site)" = 200 ] && sleep 0.3 && [ "$(site)" = 200 ] || { echo "the site gives $(site)"; return 1; }; }
database_takes_a_row() {
  Q "INSERT INTO django_cron_cronjoblog (code, start_time, end_time, is_success) VALUES ('oracle', now(), now(), true)" && [ "$(Q "SELECT count(*) > 0 FROM django_cron_cronjoblog WHERE code = 'oracle'")" = t ]
}
objects() {
  docker exec "$1" timeout 8 python3 -c '
import os, s3
path = os.environ["STORAGE_BUCKET_NAME"] + "/oracle-check"
s3.request("PUT", path, b"oracle")
body = s3.request("GET", path)
s3.request("DELETE", path)
assert body == b"oracle", body'
}
workers_run() { [ "$(docker ps -q --filter "name=$P-worker_wrapper-" --filter status=running | wc -l)" -ge "${QFIELDCLOUD_WORKER_REPLICAS:?}" ]; }
services_run() { local c; for c in "$DB" "$APP" "$NGX" "$MC" "$S3" "$OFE"; do [ "$(state "$c")" = running ] || { echo "$c is $(state "$c")"; return 1; }; done; }
job_image_is_there() { docker image inspect "$P-qgis"; }
canary_finishes() {
  local id status n
  id=$(job "$PROJECT")
  for n in $(seq 150); do
    status=$(Q "SELECT status FROM core_job WHERE id = '$id'")
    case $status in finished) return 0 ;; failed) echo "the canary failed"; return 1 ;; esac
    sleep 0.4
  done
  echo "the canary of $PROJECT is $status after 60 s"
  return 1
}
lives() { docker ps -a --filter "label=com.docker.compose.project=$P" --format '{{.Names}}' | sort | xargs docker inspect --format '{{.Name}} {{.State.StartedAt}} {{.RestartCount}} {{.State.Status}}'; }
nothing_restarts() { local before; before=$(lives); sleep "$HOLD"; diff <(echo "$before") <(lives) | grep '^[<>]' | tail -n 1 | grep . && return 1 || return 0; }

check services services_run
check workers workers_run
check site site_answers
check database database_takes_a_row
check objects_of_the_app objects "$APP"
check objects_of_a_worker objects "$W1"
check job_image job_image_is_there
check_long canary canary_finishes
check_long nothing_restarts nothing_restarts
check site_still site_answers
if declare -F fixed >/dev/null; then check scenario fixed; fi
