-- A role that is neither Odoo's nor the administrator's, and owns a few things.
CREATE ROLE openspp_auditor NOLOGIN;
GRANT CREATE, USAGE ON SCHEMA public TO openspp_auditor;
