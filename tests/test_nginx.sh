#!/bin/sh
# conf/nginx.conf before a served site: nginx with a certificate of its own.
# If nginx is not installed, its program is fetched from the Debian package and
# run from the build directory, so that no service starts on this machine.
. tests/tap.sh

PATH=$PATH:/usr/sbin:$B/nginx/usr/sbin
if ! command -v nginx > /dev/null; then
	(mkdir -p "$B/nginx" && cd "$B/nginx" && apt-get download -q nginx &&
		dpkg -x nginx_*.deb . && rm nginx_*.deb) > "$T/err" 2>&1
fi
if ! command -v nginx > /dev/null; then
	echo '1..0 # SKIP there is no nginx, and it cannot be fetched'
	exit
fi

sh tests/database.sh "$B" test-data content
mkdir "$T/d" "$T/n"
cp "$B/test-data/mutua.db" "$T/d/"
port=$(free_port)
plain=$(free_port)
tls=$(free_port)
serve "$T/d" "$port" --workers 1 --base "https://mutua.example.org:$tls"

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 \
	-subj /CN=mutua.example.org -addext subjectAltName=DNS:mutua.example.org \
	-keyout "$T/key.pem" -out "$T/cert.pem" 2> "$T/err"
# The file as it is, but for ports, certificate and IPv6.
sed -e "s|/etc/letsencrypt.*/fullchain.pem|$T/cert.pem|" \
	-e "s|/etc/letsencrypt.*/privkey.pem|$T/key.pem|" \
	-e "s|127.0.0.1:8080|127.0.0.1:$port|" -e '/listen.*\[::\]/d' \
	-e "s|listen	80|listen	127.0.0.1:$plain|" \
	-e "s|listen	443|listen	127.0.0.1:$tls|" conf/nginx.conf > "$T/n/site.conf"
cat > "$T/n/nginx.conf" <<END
daemon off;
worker_processes 1;
pid $T/n/pid;
error_log $T/n/error.log;
events { worker_connections 256; }
http {
	access_log $T/n/access.log;
	client_body_temp_path $T/n/a; proxy_temp_path $T/n/b;
	fastcgi_temp_path $T/n/c; uwsgi_temp_path $T/n/d; scgi_temp_path $T/n/e;
	include $T/n/site.conf;
}
END
claim 'nginx accepts the configuration' gives 0 nginx -t -e "$T/n/error.log" -c "$T/n/nginx.conf"
nginx -e "$T/n/error.log" -c "$T/n/nginx.conf" 2> "$T/n/said" &
started="$started $!"

get() {
	curl -s -o "$T/body" -D "$T/out" --cacert "$T/cert.pem" \
		--resolve "mutua.example.org:$tls:127.0.0.1" \
		--resolve "mutua.example.org:$plain:127.0.0.1" "$@"
}
site=https://mutua.example.org:$tls

claim 'pages come over TLS' eventually get "$site/en/"
claim '… and HTTP/2' says 'HTTP/2 200'
claim '… with HSTS' says 'strict-transport-security: max-age=31536000'
claim '… and the security headers of Mutua' says 'content-security-policy:'
claim 'their addresses are the public ones' grep -q "$site/fr/" "$T/body"
get --compressed -H 'accept-encoding: gzip' "$site/en/schemes"
claim 'they stay compressed' says 'content-encoding: gzip'
get "http://mutua.example.org:$plain/fr/library?page=2"
claim 'plain HTTP shows the way' says "HTTP/1.1 308"
claim '… to the same page' says '/fr/library?page=2'
get -H 'X-Forwarded-For: 203.0.113.7' "$site/en/glossary"
claim 'a visitor cannot choose the address that is logged' \
	eventually grep -q '"/en/glossary' "$T/server.out"
claim '… which is that of the connection' \
	not grep -q '203.0.113.7' "$T/server.out"
claim 'nginx logs no visitor and no link of a mail' \
	not test -s "$T/n/access.log"
head -c 27000000 /dev/zero > "$T/big"
get -X POST --data-binary "@$T/big" "$site/en/"
claim 'a body that is too big stops at nginx' says ' 413'
urls=$(for i in $(seq 120); do echo "$site/healthz"; done)
# shellcheck disable=SC2086 # it is a list
get -Z --parallel-max 10 -o /dev/null -w '%{http_code}\n' $urls > "$T/codes" 2> "$T/err"
claim 'a flood is slowed down' grep -q 429 "$T/codes"

finish
