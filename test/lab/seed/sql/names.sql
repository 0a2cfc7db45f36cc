-- Names that need quoting, and names that would run as something if they were not quoted.

CREATE TABLE "Table With Spaces" ("Column A" integer PRIMARY KEY, "select" text, "é" text);
INSERT INTO "Table With Spaces" VALUES (1, 'x', 'é'), (2, NULL, '');
CREATE INDEX "Index, With Comma" ON "Table With Spaces" ("select");
CREATE TABLE "it's" (id integer PRIMARY KEY, "it's a column" text);
INSERT INTO "it's" VALUES (1, 'it''s');
CREATE TABLE "say ""hello""" (id integer PRIMARY KEY, "a ""quoted"" column" text);
INSERT INTO "say ""hello""" VALUES (1, '"');
CREATE TABLE "UPPER" (id integer PRIMARY KEY);
CREATE TABLE "upper" (id integer PRIMARY KEY);
INSERT INTO "UPPER" VALUES (1), (2);
INSERT INTO "upper" VALUES (1), (2), (3);
CREATE TABLE "$dollar$" ("$1" integer PRIMARY KEY);
INSERT INTO "$dollar$" VALUES (1);
CREATE TABLE "back\slash" ("c:\n" integer PRIMARY KEY);
INSERT INTO "back\slash" VALUES (1);
CREATE TABLE "ménage_সুমন_😀" ("größe" integer PRIMARY KEY);
INSERT INTO "ménage_সুমন_😀" VALUES (1);
CREATE TABLE "1st_table" ("2nd" integer PRIMARY KEY);
INSERT INTO "1st_table" VALUES (1);
CREATE TABLE "a_name_of_sixty_three_bytes_which_is_the_longest_that_a_table_m" (id integer PRIMARY KEY);
INSERT INTO "a_name_of_sixty_three_bytes_which_is_the_longest_that_a_table_m" VALUES (1);
CREATE TABLE "select" ("from" integer PRIMARY KEY, "table" text, "user" text);
INSERT INTO "select" VALUES (1, 'a', 'b');
CREATE TABLE "with.dot" ("public.id" integer PRIMARY KEY);
INSERT INTO "with.dot" VALUES (1);
CREATE TABLE " leading and trailing " (" " integer PRIMARY KEY);
INSERT INTO " leading and trailing " VALUES (1);
CREATE TABLE "$(touch /tmp/pwned)`id`" (id integer PRIMARY KEY);
INSERT INTO "$(touch /tmp/pwned)`id`" VALUES (1);
CREATE TABLE "x'; DROP TABLE res_partner; --" (id integer PRIMARY KEY);
INSERT INTO "x'; DROP TABLE res_partner; --" VALUES (1);
CREATE TABLE "; 1; comment" (id integer PRIMARY KEY);
INSERT INTO "; 1; comment" VALUES (1);
CREATE TABLE "%s %I {} <b>|pipe|</b> *star* _x_" (id integer PRIMARY KEY);
INSERT INTO "%s %I {} <b>|pipe|</b> *star* _x_" VALUES (1);
CREATE TABLE "with	tab" (id integer PRIMARY KEY);
INSERT INTO "with	tab" VALUES (1);
CREATE TABLE "--help" (id serial PRIMARY KEY);
INSERT INTO "--help" DEFAULT VALUES;
CREATE TABLE "line
break" (id serial PRIMARY KEY, "column
break" text);
INSERT INTO "line
break" ("column
break") VALUES ('x');
CREATE SEQUENCE "Séquence d'essai";
SELECT setval('"Séquence d''essai"', 41);
CREATE TABLE "Données à part"."Table ""à"" part" (id serial PRIMARY KEY, valeur text);
INSERT INTO "Données à part"."Table ""à"" part" (valeur) VALUES ('là');
CREATE TYPE "Données à part"."Sorte d'état" AS ENUM ('a', 'b');
CREATE TABLE "Données à part".res_partner (id serial PRIMARY KEY, sorte "Données à part"."Sorte d'état");
INSERT INTO "Données à part".res_partner (sorte) VALUES ('a'), ('b'), (NULL);
COMMENT ON TABLE "Table With Spaces" IS E'It''s a comment\nof two lines; with "quotes", a \\ and $dollars$';
COMMENT ON COLUMN "it's"."it's a column" IS '';
COMMENT ON SCHEMA "Données à part" IS 'Un schéma';
