import { defineConfig } from 'vite';

export default defineConfig({
  // Relative addresses, so that the files may be served from any path: the server's is /graphiql/.
  base: './',
  build: {
    target: 'es2022',
    chunkSizeWarningLimit: 8000, // the editor is that large
    rolldownOptions: {
      // "use client", in dozens of libraries' files, means nothing here.
      onLog: (level, log, handler) => log.code === 'MODULE_LEVEL_DIRECTIVE' || handler(level, log),
    },
  },
  // `npm run dev` beside a running server.
  server: { proxy: { '/graphql': { target: 'http://127.0.0.1:8080', ws: true } } },
});
