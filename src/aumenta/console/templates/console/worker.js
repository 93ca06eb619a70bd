// Keeps the console's files on the device and answers from there; the exchange with the centre always goes out.
const NAME = "aumenta-console-{{ version }}-{{ language }}";
const PAGE = "{{ page }}";
const FILES = {{ files_json|safe }};

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(NAME)
      .then((cache) => cache.addAll([PAGE, ...FILES].map((address) => new Request(address, { cache: "reload" }))))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(
          names
            .filter((name) => name.startsWith("aumenta-console-") && name.endsWith("-{{ language }}") && name !== NAME)
            .map((name) => caches.delete(name)),
        ),
      )
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("message", (event) => {
  if (event.data === "claim") event.waitUntil(self.clients.claim());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const { pathname, origin } = new URL(request.url);
  if (origin !== location.origin || (pathname !== PAGE && !FILES.includes(pathname))) return;
  event.respondWith(
    caches
      .open(NAME)
      .then((cache) => cache.match(pathname === PAGE ? PAGE : request, { ignoreSearch: true }))
      .then((kept) => kept || fetch(request)),
  );
});
