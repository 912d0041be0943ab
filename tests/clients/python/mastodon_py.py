"""Lends the library Mastodon.py to tests in another language.

Reads one JSON object per line: {"call": method, "args": [...], "kwargs": {...}}. An argument {"$result": n} stands for what the n-th call (from 0) gave, as
the library's own object, which is how a page leads to the next; {"$time": text} stands for a datetime. Writes one line for each: {"result": ...} or
{"error": class name, "message": text}.
"""

import json
import sys
from datetime import datetime

from mastodon import Mastodon

results = []


def plain(value):
    if isinstance(value, dict) and set(value) == {"$result"}:
        return results[value["$result"]]
    if isinstance(value, dict) and set(value) == {"$time"}:
        return datetime.fromisoformat(value["$time"])
    return value


def call(request, client):
    args = [plain(value) for value in request.get("args", [])]
    kwargs = {name: plain(value) for name, value in request.get("kwargs", {}).items()}
    if request["call"] == "create_app":
        return Mastodon.create_app(*args, **kwargs), client
    if request["call"] == "Mastodon":
        return None, Mastodon(*args, **kwargs)
    return getattr(client, request["call"])(*args, **kwargs), client


client = None
for line in sys.stdin:
    try:
        result, client = call(json.loads(line), client)
        answer = {"result": result}
    except Exception as error:
        result = None
        answer = {"error": type(error).__name__, "message": str(error)}
    results.append(result)
    print(json.dumps(answer, default=str), flush=True)
