-- The strict policy: the admin role of DB_ADMIN_USER owns the database; Odoo's role is no superuser,
-- creates no database, and may create its tables in this one.
\getenv password POSTGRES_PASSWORD
\getenv admin POSTGRES_USER
\getenv database POSTGRES_DB

CREATE ROLE odoo LOGIN NOSUPERUSER NOCREATEDB PASSWORD :'password';
ALTER DATABASE :"database" OWNER TO :"admin";
GRANT CREATE, USAGE ON SCHEMA public TO odoo;
