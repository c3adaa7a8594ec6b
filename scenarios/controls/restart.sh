# The blind restart loop: everything, over and over, and then it is called fixed.
for round in 1 2; do
  docker ps -aq --filter "label=com.docker.compose.project=$P" --filter label=com.docker.compose.container-number | xargs -P 12 -n 1 docker restart --time 2 >/dev/null || true
  sleep 4
done
