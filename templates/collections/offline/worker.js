// Keeps one page of a branch and what it needs. What is kept is replaced only once all of the new is there.
const NAME = 'ngoai-tuyen {{ own }} {{ name }}';
const OURS = 'ngoai-tuyen {{ own }} ';
const PAGE = {{ own | tojson }};
const NEEDED = {{ needed | tojson }};

self.addEventListener('install', (event) => {
  const whole = async () => {
    const cache = await caches.open(NAME);
    await cache.addAll(NEEDED.map((address) => new Request(address, { cache: 'reload' })));
    await self.skipWaiting();
  };
  event.waitUntil(whole());
});

self.addEventListener('activate', (event) => {
  const tidy = async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== NAME);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

self.addEventListener('fetch', (event) => {
  if (event.request.method !== 'GET') return;
  const { pathname, search } = new URL(event.request.url);
  const address = event.request.mode === 'navigate' && pathname === PAGE ? PAGE : pathname + search;
  if (!NEEDED.includes(address)) return;
  event.respondWith(caches.open(NAME).then((cache) => cache.match(address, { ignoreVary: true })).then((kept) => kept || fetch(event.request)));
});
