// Plain JavaScript, and nothing newer than Node 12: it has to run on whatever Node there is, to say that it is too old.
const major = Number(process.versions.node.split(".")[0]);
if (major < 24) {
  process.stderr.write(
    "Parvis needs Node 24 or newer; this is " +
      process.versions.node +
      ".\nNode 24 comes with the dependencies: run “npm ci” without --ignore-scripts, then use “npm run” or “npx”.\n",
  );
  process.exit(1);
}
