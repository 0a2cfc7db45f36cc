#!/bin/sh
# Waits for the database, then runs /backup.sh on BACKUP_SCHEDULE. crond hands its jobs this
# container's environment.
set -e

echo "${BACKUP_SCHEDULE:-0 2 * * *} /backup.sh >> /var/log/backup.log 2>&1" > /etc/crontabs/root
touch /var/log/backup.log
until pg_isready -q; do sleep 1; done
exec crond -f -l 2
