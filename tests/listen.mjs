// Servers on a free port of this machine.

/**
 * Starts a server.
 *
 * @param {import("node:http").Server} server
 * @returns {Promise<{ address: string, close(): void }>} Its address, which ends in `/`, and its end.
 */
export async function listen(server) {
  // A browser that asks over an idle connection just as it is closed takes it for a failure.
  server.keepAliveTimeout = 0;
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    address: `http://127.0.0.1:${port}/`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
