import { type Fault, seenBy } from "../fault.ts";

export const SEQUENCES: readonly Fault[] = [
  ...seenBy("sequences", [
    ["a sequence is behind", "SELECT setval('ir_sequence_001', 1000)"],
    ["a sequence is ahead", "SELECT setval('ir_sequence_001', 999990)"],
    ["a sequence begins again", "ALTER SEQUENCE g_sequence RESTART"],
    ["a sequence was called and was not", "SELECT setval('ir_sequence_004', 1, true)"],
    [
      "a sequence was not called and was",
      "SELECT setval('g_sequence', (SELECT last_value FROM g_sequence), false)",
    ],
    ["an identity's sequence is behind", "SELECT setval('g_person_id_seq', 1)"],
    [
      "a sequence of another schema is behind",
      `SELECT setval('spp_reporting.indicator_id_seq', 1)`,
    ],
    ["a sequence with an odd name is behind", `SELECT setval('"Séquence d''essai"', 40)`],
    ["a sequence is missing", "DROP SEQUENCE ir_sequence_002"],
    ["a sequence more", "CREATE SEQUENCE g_sequence_more"],
    ["a sequence that counts down is at its start", "ALTER SEQUENCE ir_sequence_003 RESTART"],
  ]),
  ...seenBy("structure", [
    ["a sequence has another step", "ALTER SEQUENCE g_sequence INCREMENT 6"],
    ["a sequence has another least value", "ALTER SEQUENCE g_sequence MINVALUE 9"],
    ["a sequence has another greatest value", "ALTER SEQUENCE g_sequence MAXVALUE 10001"],
    ["a sequence has another start", "ALTER SEQUENCE g_sequence START 21"],
    ["a sequence has another cache", "ALTER SEQUENCE g_sequence CACHE 4"],
    ["a sequence no longer cycles", "ALTER SEQUENCE g_sequence NO CYCLE"],
    ["a sequence is of another type", "ALTER SEQUENCE g_sequence AS bigint MAXVALUE 10000"],
    ["a sequence is owned by no column", "ALTER SEQUENCE g_sequence OWNED BY NONE"],
    [
      "a sequence is owned by another column",
      "ALTER SEQUENCE g_sequence OWNED BY g_check_target.number",
    ],
    ["a sequence is not logged", "ALTER SEQUENCE g_sequence SET UNLOGGED"],
    ["a sequence's comment is missing", "COMMENT ON SEQUENCE g_sequence IS NULL"],
    ["an identity has another step", "ALTER TABLE g_person ALTER id SET INCREMENT BY 2"],
  ]),
];
