/** Loaded before a program: notes each compiled file that it loads, in any thread, in the file that LOADED names. */
const { appendFileSync } = require("node:fs");
const { basename } = require("node:path");
const vm = require("node:vm");

const { Script } = vm;
vm.Script = class extends Script {
  constructor(source, options) {
    super(source, options);
    appendFileSync(process.env.LOADED, `${basename(options.filename)}\n`);
  }
};
