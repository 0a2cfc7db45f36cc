-- What only the admin role may do: extensions, schemas, a spatial reference of the country's own, and
-- the role of a reporting tool.

CREATE EXTENSION unaccent;
CREATE EXTENSION pg_trgm;

CREATE SCHEMA spp_reporting AUTHORIZATION odoo;
CREATE SCHEMA "Données à part" AUTHORIZATION odoo;

INSERT INTO spatial_ref_sys (srid, auth_name, auth_srid, srtext, proj4text) VALUES (
  990001, 'OPENSPP', 990001,
  'PROJCS["OpenSPP local grid",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",121],PARAMETER["scale_factor",0.9996],PARAMETER["false_easting",500000],PARAMETER["false_northing",0],UNIT["metre",1]]',
  '+proj=tmerc +lat_0=0 +lon_0=121 +k=0.9996 +x_0=500000 +y_0=0 +datum=WGS84 +units=m +no_defs');

-- Roles belong to the server, not to the database: an earlier seed may have made it.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'openspp_reader') THEN
    CREATE ROLE openspp_reader NOLOGIN;
  END IF;
END
$$;
