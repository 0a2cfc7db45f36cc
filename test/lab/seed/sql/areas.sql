-- Areas with their boundaries, about one for a hundred registrants.

CREATE TABLE spp_area (
  id serial PRIMARY KEY,
  parent_id integer,
  parent_path varchar,
  name jsonb NOT NULL,
  code varchar NOT NULL CONSTRAINT spp_area_code_uniq UNIQUE,
  area_level integer,
  area_sqkm double precision,
  geo_polygon geometry(MultiPolygon, 4326),
  centroid geometry(Point, 4326) GENERATED ALWAYS AS (ST_Centroid(geo_polygon)) STORED,
  local_grid geometry(Point, 990001),
  active boolean DEFAULT true,
  create_uid integer,
  create_date timestamp without time zone,
  write_uid integer,
  write_date timestamp without time zone
);
COMMENT ON TABLE spp_area IS 'Area';
COMMENT ON COLUMN spp_area.local_grid IS 'On the country''s own grid, SRID 990001';

-- Discs of 32 corners; every fifth has an island, every seventh a hole.
INSERT INTO spp_area (id, parent_id, parent_path, name, code, area_level, area_sqkm, geo_polygon, local_grid,
                      create_uid, create_date, write_uid, write_date)
SELECT n, parent, concat(parent || '/', n, '/'),
       jsonb_build_object('en_US', format('Area %s', n), 'fr_FR', format('Région n° %s', n)),
       format('PH%s', lpad(n::text, 9, '0')), CASE WHEN parent IS NULL THEN 1 ELSE 2 END,
       round((ST_Area(polygon) * 12321)::numeric, 3), polygon,
       ST_Transform(ST_SetSRID(ST_MakePoint(longitude, latitude), 4326), 990001),
       1, pg_temp.moment(n, 7), 1, pg_temp.moment(n, 8)
FROM (SELECT n, CASE WHEN n > 10 THEN 1 + n % 10 END AS parent,
             118 + pg_temp.pick(n, 9, 7000) / 1000.0 AS longitude,
             6 + pg_temp.pick(n, 10, 12000) / 1000.0 AS latitude
      FROM generate_series(1, pg_temp.areas()) AS n) AS place,
     LATERAL (SELECT ST_Multi(CASE
         WHEN n % 5 = 0 THEN ST_Union(disc, ST_Translate(disc, 0.2, 0))
         WHEN n % 7 = 0 THEN ST_Difference(disc, ST_Buffer(centre, 0.01, 4))
         ELSE disc END) AS polygon
       FROM (SELECT centre, ST_Buffer(centre, 0.05, 8) AS disc
             FROM (SELECT ST_SetSRID(ST_MakePoint(longitude, latitude), 4326) AS centre) AS middle) AS shape) AS outline;
SELECT setval('spp_area_id_seq', (SELECT max(id) FROM spp_area));

CREATE INDEX spp_area__parent_id_index ON spp_area (parent_id);
CREATE INDEX spp_area__parent_path_index ON spp_area (parent_path text_pattern_ops);
CREATE INDEX spp_area_geo_polygon_index ON spp_area USING gist (geo_polygon);
ALTER TABLE spp_area ADD CONSTRAINT spp_area_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES spp_area ON DELETE CASCADE;
