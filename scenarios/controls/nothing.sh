# leaves the issue open
sleep 2
