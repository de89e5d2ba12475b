// Uploads a file with tus-js-client: node upload.mjs ENDPOINT TOKEN FILE '{"chunkSize": 1000, …}'
//
// `stopAt` gives up at that many bytes and prints where the upload is; `uploadUrl` goes on from there. Prints JSON.
import { readFileSync } from "node:fs";
import { Upload } from "tus-js-client";

const [endpoint, token, path, given] = process.argv.slice(2);
const { stopAt, ...options } = JSON.parse(given ?? "{}");
const said = { answers: [], location: null, failed: null, done: false };

function report() {
  console.log(JSON.stringify(said));
  process.exit(said.failed ? 1 : 0);
}

const upload = new Upload(readFileSync(path), {
  endpoint,
  headers: { Authorization: `Bearer ${token}` },
  retryDelays: [100, 200, 400, 800, 1600, 3200, 6400],
  metadata: { filename: "memo.wav", client: "C1" },
  ...options,
  onAfterResponse(request, response) {
    const note = response.getHeader("Content-Location") ?? null;
    said.answers.push([request.getMethod(), response.getStatus(), note]);
  },
  onProgress(sent) {
    if (stopAt && sent >= stopAt && upload.url) {
      upload.abort().then(() => {
        said.location = upload.url;
        report();
      });
    }
  },
  onError(error) {
    said.failed = String(error);
    report();
  },
  onSuccess() {
    said.location = upload.url;
    said.done = true;
    report();
  },
});
upload.start();
