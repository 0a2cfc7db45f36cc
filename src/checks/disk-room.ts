/** What must be free beyond the expected size: a full disk stops whatever else is on it, production too. */
const MARGIN = 1.2;

/**
 * Bytes that must stay free where a database server writes: one that cannot write its log ends every session and stops,
 * production's too (PostgreSQL manual, "Disk Full Failure"). Four segments of the log, of 16 MiB each.
 */
export const SERVER_RESERVE = 4 * 16 * 1024 * 1024;

/** A disk on which a database server writes, too. */
export interface ServerDisk {
  /** By how many bytes the server's log may grow meanwhile. */
  readonly logToCome: number;
}

/**
 * The bytes that must be free where so many are to be written. Where a server writes, too, room for its log is left on top of
 * that; elsewhere a disk that fills in spite of the margin ends one command, which cleans up after itself.
 */
export function roomFor(bytes: number, server?: ServerDisk): number {
  const reserve = server ? Math.max(server.logToCome, SERVER_RESERVE) : 0;
  return Math.ceil(bytes * MARGIN) + reserve;
}

export function hasRoom(free: number, bytes: number, server?: ServerDisk): boolean {
  return free >= roomFor(bytes, server);
}
