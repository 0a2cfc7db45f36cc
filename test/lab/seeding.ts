import { once } from "node:events";
import { execa } from "execa";
import type { Lab } from "./lab.ts";
import { seed } from "./seed/seed.ts";

export interface SeedSizes {
  registrants: number;
  /** Rows of ir_attachment; one for every 20 registrants by default, 5,000 at most. */
  attachments?: number;
  /** Further tables. */
  tables?: number;
  /** As Odoo does it where unaccent is switched on: what a plain restore fails on. */
  immutableUnaccent?: boolean;
}

/** The user that Odoo's image runs as, and with it the owner of the filestore. */
const ODOO = 101;
const BLOCK = 512;

/** Given a lab and sizes, fill its database, and its filestore in the volume `odoo_data`. */
export async function seedLab(lab: Lab, sizes: SeedSizes): Promise<void> {
  const { tables = 0 } = sizes;
  const attachments = sizes.attachments ?? Math.min(5000, Math.ceil(sizes.registrants / 20));
  const client = await lab.connect(lab.database.admin);
  const filestore = openFilestore(lab);
  try {
    await seed(client, { ...sizes, attachments, tables, onFile: filestore.write });
    await filestore.close();
  } finally {
    filestore.abandon();
    await client.end();
  }
}

/** Given a lab, open its filestore for writing: files travel as one tar stream into the container that mounts the volume. */
export function openFilestore(lab: Lab) {
  const root = `/var/lib/odoo/filestore/${lab.database.name}`;
  const receive = `mkdir -p ${root} && tar -x -f - -C ${root} && chown -R ${ODOO}:${ODOO} /var/lib/odoo`;
  const receiver = execa("docker", ["exec", "-i", lab.container("odoo"), "sh", "-c", receive], {
    env: lab.engine.env,
  });
  receiver.catch(() => {});
  const send = async (bytes: Buffer) => {
    if (!receiver.stdin.write(bytes)) await Promise.race([once(receiver.stdin, "drain"), receiver]);
  };
  return {
    write: async (name: string, content: Buffer) => {
      const padding = Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK);
      await send(Buffer.concat([tarHeader(name, content.length), content, padding]));
    },
    close: async () => {
      receiver.stdin.end(Buffer.alloc(2 * BLOCK));
      await receiver;
    },
    abandon: () => receiver.kill(),
  };
}

/** The POSIX ustar header of a regular file (pax, "ustar Interchange Format"). */
function tarHeader(name: string, size: number): Buffer {
  const header = Buffer.alloc(BLOCK);
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, "0");
  header.write(name, 0, 100);
  header.write(octal(0o644, 7), 100);
  header.write(octal(ODOO, 7), 108);
  header.write(octal(ODOO, 7), 116);
  header.write(octal(size, 11), 124);
  header.write(octal(Math.floor(Date.now() / 1000), 11), 136);
  header.write("        0", 148);
  header.write("ustar\x0000", 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${octal(sum, 6)}\0 `, 148);
  return header;
}
