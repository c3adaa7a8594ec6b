compose up -d nginx >/dev/null; wait_for is 200 site
