-- What Odoo itself does when it creates a database with `unaccent = True` (odoo/service/db.py), and the
-- trigram index that it makes then (odoo/orm/registry.py). A dump holds the index and not the ALTER, so
-- a restore fails with "functions in index expression must be marked IMMUTABLE" unless someone repeats it.

ALTER FUNCTION unaccent(text) IMMUTABLE;
CREATE INDEX res_partner__given_name_index ON res_partner USING gin (unaccent((given_name)::text) gin_trgm_ops);
