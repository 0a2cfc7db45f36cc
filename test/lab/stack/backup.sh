#!/bin/sh
# The lab's own writing of what OpenSPP's reference /backup.sh does, its weaknesses included: it
# writes straight to the final name and its retention looks at nothing but the age.
set -e

root="${BACKUP_DIR:-/backups}"
database="${PGDATABASE:-openspp}"
filestore="${FILESTORE_SRC:-/odoo_data/filestore/$database}"
stamp="$(date +%Y%m%d_%H%M%S)"
dump="${database}_$stamp.dump"
files="${database}_filestore_$stamp.tar.gz"

keep_copy() {
    cp "$root/daily/$dump" "$root/$1/"
    if [ -f "$root/daily/$files" ]; then cp "$root/daily/$files" "$root/$1/"; fi
}

delete_older() {
    find "$root/$1" -type f -name "*.dump" -mtime "+$2" -delete
    find "$root/$1" -type f -name "*_filestore_*.tar.gz" -mtime "+$2" -delete
}

mkdir -p "$root/daily" "$root/weekly" "$root/monthly"

echo "dumping $database to daily/$dump"
pg_dump -Fc -Z6 -f "$root/daily/$dump"
ln -sf "$dump" "$root/daily/${database}_latest.dump"

if [ -d "$filestore" ]; then
    echo "archiving the filestore to daily/$files"
    tar -czf "$root/daily/$files" -C "$(dirname "$filestore")" "$(basename "$filestore")"
    ln -sf "$files" "$root/daily/${database}_filestore_latest.tar.gz"
else
    echo "no filestore at $filestore, skipped"
fi

if [ "$(date +%u)" = 7 ]; then keep_copy weekly; fi
if [ "$(date +%d)" = 01 ]; then keep_copy monthly; fi

delete_older daily "${BACKUP_KEEP_DAYS:-7}"
delete_older weekly "$((${BACKUP_KEEP_WEEKS:-4} * 7))"
delete_older monthly "$((${BACKUP_KEEP_MONTHS:-6} * 30))"
echo "backup complete"
