#!/bin/sh
# Stands in for Odoo: answers /web/health for as long as the page exists. The busybox of Debian
# brings httpd, the one of Alpine a netcat that listens for ever.
page=/srv/odoo/web/health

answer() {
    read -r _request
    if [ -f "$page" ]; then
        printf 'HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n'
        cat "$page"
    else
        printf 'HTTP/1.0 503 Service Unavailable\r\n\r\n'
    fi
}

if [ "$1" = answer ]; then
    answer
    exit
fi

mkdir -p "$(dirname "$page")" /var/lib/odoo/filestore
echo '{"status": "pass"}' > "$page"
if busybox --list | grep -qx httpd; then
    exec busybox httpd -f -p 8069 -h /srv/odoo
fi
exec nc -lk -p 8069 -e sh "$0" answer
