# As docker-autoheal does: restarts what says it is unhealthy, and starts what has stopped with an error.
for round in 1 2 3 4; do
  for id in $(docker ps -aq --filter "label=com.docker.compose.project=$P" --filter health=unhealthy) $(docker ps -aq --filter "label=com.docker.compose.project=$P" --filter status=exited --filter label=com.docker.compose.container-number); do
    [ "$(docker inspect --format '{{.State.Status}} {{.State.ExitCode}}' "$id")" = 'exited 0' ] || docker restart --time 2 "$id" >/dev/null || true
  done
  sleep 3
done
