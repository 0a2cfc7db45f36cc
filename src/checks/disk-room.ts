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
 * Whether so many bytes may be written where `free` are free. Where a server writes, room for its log must be left on top of
 * that; elsewhere a disk that fills in spite of the margin ends one command, which cleans up after itself.
 */
export function hasRoom(free: number, bytes: number, server?: ServerDisk): boolean {
  const reserve = server ? Math.max(server.logToCome, SERVER_RESERVE) : 0;
  return free >= bytes * MARGIN + reserve;
}
