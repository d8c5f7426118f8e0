// Counts the SHA-256 of a chosen file on this device and writes it into the form; the file is not sent.
export function enableFileHash(root) {
  if (!window.crypto || !window.crypto.subtle) return;
  for (const input of root.querySelectorAll("input[type=file][data-hash-file]")) {
    if (input.dataset.hashing) continue;
    input.dataset.hashing = "yes";
    input.closest("[hidden]")?.removeAttribute("hidden");
    input.addEventListener("change", async () => {
      const file = input.files[0];
      const target = document.getElementById(input.dataset.hashTarget);
      if (!file || !target) return;
      const digest = await window.crypto.subtle.digest("SHA-256", await file.arrayBuffer());
      target.value = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
      if (input.dataset.hashSubmit !== undefined) target.form.requestSubmit();
    });
  }
}
