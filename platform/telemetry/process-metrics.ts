import { performance } from 'node:perf_hooks';
import { Counter } from 'prom-client';
import type { Metrics } from './metrics.ts';

/** What the operating system and V8 know of this process. Everything is read when metrics are fetched; between fetches it costs nothing. */
export function addProcessMetrics(metrics: Metrics): void {
  const registers = [metrics.registry];
  new Counter({
    name: 'process_cpu_seconds_total',
    help: 'CPU time spent by this process, in seconds.',
    registers,
    collect() {
      const { user, system } = process.cpuUsage();
      this.reset();
      this.inc((user + system) / 1e6);
    },
  });
  let before = performance.eventLoopUtilization();
  metrics.gauge(
    'plaza_event_loop_utilization',
    'Share of the time since the last fetch in which the main thread was busy, 0 to 1.',
    [],
    (gauge) => {
      const now = performance.eventLoopUtilization();
      gauge.set(performance.eventLoopUtilization(now, before).utilization);
      before = now;
    },
  );
  metrics.gauge('process_resident_memory_bytes', 'Memory that this process holds, in bytes.', [], (gauge) =>
    gauge.set(process.memoryUsage.rss()),
  );
  metrics.gauge('plaza_heap_bytes', 'JavaScript heap in use on the main thread, in bytes.', [], (gauge) =>
    gauge.set(process.memoryUsage().heapUsed),
  );
  metrics.gauge('plaza_uptime_seconds', 'Seconds since this process started.', [], (gauge) =>
    gauge.set(process.uptime()),
  );
}
