import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  test: {
    include: ["test/**/*.test.ts"],
    reporters: ["default", fileURLToPath(new URL("tally.ts", import.meta.url))],
    globalSetup: [".config/compile.ts"],
    // Generous, for a busy machine: no test measures time.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
