import { quote } from "../../commands/shell.ts";

/**
 * What an administrator does once on the host. It makes a user who may use Docker, log in with this
 * key alone, and read the deployment's variables (docs/setup.md, "The user on the host").
 */
export function hostInstructions(user: string, directory: string, publicKey: string): string {
  const name = quote(user);
  const home = `/home/${user}/.ssh`;
  const line = `restrict,port-forwarding,permitopen="*:5432" ${publicKey.trim()}`;
  return [
    "On the host, once:",
    "",
    `  sudo useradd --create-home --groups docker --password '*' ${name}`,
    `  sudo install -d -m 700 -o ${name} -g ${name} ${quote(home)}`,
    `  echo ${quote(line)} | sudo tee -a ${quote(`${home}/authorized_keys`)}`,
    `  sudo chgrp ${name} ${quote(`${directory}/.env.production`)}`,
    `  sudo chmod 640 ${quote(`${directory}/.env.production`)}`,
    "",
    "Whoever may use Docker is root on that host: treat the key like the root password.",
    "",
  ].join("\n");
}

export function fingerprintInstructions(host: string, type: string, fingerprint: string): string {
  const file = `/etc/ssh/ssh_host_${type.replace(/^ssh-|-nistp\d+$|-sha2.*$/g, "")}_key.pub`;
  return [
    `${host} shows the ${type} key`,
    "",
    `  ${fingerprint}`,
    "",
    "Compare it with what the host itself says, at its console or over a connection that you trust already:",
    "",
    `  ssh-keygen -l -f ${file}`,
    "",
  ].join("\n");
}
