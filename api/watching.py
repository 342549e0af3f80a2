"""What stands around everything else: the log of requests, the health probes, the metrics."""

from starlette.middleware import Middleware

from api.health import Health, HealthProbes
from api.request_log import RequestLog
from api.server import Server


def watching(server: Server) -> list[Middleware]:
    """The outermost layers, for ``Starlette(middleware=…)``."""
    metrics = server.metrics
    watcher = None if metrics is None else metrics.answered
    layers = [
        Middleware(RequestLog, requests=server.requests, watcher=watcher),
        Middleware(HealthProbes, health=Health(server.live, server.version)),
    ]
    if metrics is not None:
        from api.metrics import MetricsEndpoint  # only where something is measured

        networks = server.metrics_networks
        layers.append(
            Middleware(MetricsEndpoint, metrics=metrics, networks=networks, kept=server.kept)
        )
    return layers
