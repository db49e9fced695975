"""The chat API's OpenAPI document, and the same for people: one page, no script, nothing from elsewhere."""

from __future__ import annotations

import json as json_text
from html import escape
from pathlib import Path
from typing import Any

import yaml
from sanic.request import Request
from sanic.response import HTTPResponse, html, json, raw

_HERE = Path(__file__).parent


class ApiPage:
    def __init__(self) -> None:
        self._document: dict[str, Any] = yaml.safe_load((_HERE / "chat_openapi.yml").read_text("utf-8"))
        self._page = render(self._document)
        self._style = (_HERE / "api_page.css").read_bytes()

    async def document(self, _request: Request) -> HTTPResponse:
        return json(self._document)

    async def page(self, _request: Request) -> HTTPResponse:
        return html(self._page)

    async def style(self, _request: Request) -> HTTPResponse:
        return raw(self._style, content_type="text/css; charset=utf-8")


def render(document: dict[str, Any]) -> str:
    info = document["info"]
    operations = [
        _operation(method, path, operation, item.get("parameters", []))
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in ("get", "post", "put", "patch", "delete")
    ]
    schemas = [_schema(name, schema) for name, schema in document["components"]["schemas"].items()]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(info["title"])}</title><link rel="stylesheet" href="/api/style.css"></head><body>'
        f"<header><h1>{escape(info['title'])} <small>{escape(info['version'])}</small></h1>"
        f"{_prose(info.get('description', ''))}"
        '<p><a href="/chat/v1/openapi.json">OpenAPI document</a></p></header>'
        f"<main>{''.join(operations)}<h2>Schemas</h2>{''.join(schemas)}</main></body></html>"
    )


def _operation(method: str, path: str, operation: dict[str, Any], shared: list[Any]) -> str:
    responses = "".join(
        f"<tr><td><code>{escape(status)}</code></td><td>{escape(_response_text(response))}</td></tr>"
        for status, response in operation["responses"].items()
    )
    parameters = "".join(_parameter(parameter) for parameter in [*shared, *operation.get("parameters", [])])
    body = operation.get("requestBody")
    content = "".join(
        f"<h3>Body: <code>{escape(kind)}</code></h3>{_code(media.get('schema', {}))}"
        for kind, media in (body or {}).get("content", {}).items()
    )
    return (
        f'<section><h2><span class="method {method}">{method.upper()}</span> <code>{escape(path)}</code></h2>'
        f"<p><strong>{escape(operation.get('summary', ''))}</strong></p>{_prose(operation.get('description', ''))}"
        + (f"<table><tbody>{parameters}</tbody></table>" if parameters else "")
        + content
        + f"<h3>Answers</h3><table><tbody>{responses}</tbody></table></section>"
    )


def _parameter(parameter: dict[str, Any]) -> str:
    if "$ref" in parameter:
        return f"<tr><td><code>{escape(_ref_name(parameter['$ref']))}</code></td><td></td></tr>"
    where = f"{parameter['name']} ({parameter['in']})"
    return f"<tr><td><code>{escape(where)}</code></td><td>{escape(parameter.get('description', ''))}</td></tr>"


def _response_text(response: dict[str, Any]) -> str:
    return _ref_name(response["$ref"]) if "$ref" in response else str(response.get("description", ""))


def _schema(name: str, schema: dict[str, Any]) -> str:
    return f'<section id="{escape(name)}"><h3>{escape(name)}</h3>{_code(schema)}</section>'


def _code(schema: Any) -> str:
    return f"<pre><code>{escape(json_text.dumps(schema, indent=2, ensure_ascii=False))}</code></pre>"


def _prose(text: str) -> str:
    return "".join(f"<p>{escape(part.strip())}</p>" for part in text.split("\n\n") if part.strip())


def _ref_name(ref: str) -> str:
    return ref.rsplit("/", 1)[-1]
