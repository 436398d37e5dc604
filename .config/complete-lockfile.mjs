/**
 * Names the packages of every platform in package-lock.json. Where a registry lacks the binaries of other platforms, npm
 * leaves them out when it writes the file, and `npm ci` then refuses the file everywhere. Run after `npm install`:
 *
 *     node .config/complete-lockfile.mjs
 */
import { readFileSync, writeFileSync } from "node:fs";

const file = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(file, "utf8"));
const platform = /-(?<os>android|darwin|freebsd|linux|win32)-(?<cpu>arm64|x64)(?:-(?<libc>gnu|musl))?$/;
const added = [];

for (const parent of Object.values({ ...lock.packages })) {
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    const path = `node_modules/${name}`;
    const { os, cpu } = platform.exec(name)?.groups ?? {};
    if (lock.packages[path] || !os) continue;
    lock.packages[path] = {
      version,
      cpu: [cpu],
      ...(parent.dev ? { dev: true } : {}),
      optional: true,
      os: [os],
    };
    added.push(name);
  }
}

if (added.length > 0) {
  const [root, ...rest] = Object.entries(lock.packages);
  lock.packages = Object.fromEntries([root, ...rest.sort(([a], [b]) => (a < b ? -1 : 1))]);
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
}
console.log(added.length > 0 ? `Added ${added.join(", ")}` : "Nothing to add");
