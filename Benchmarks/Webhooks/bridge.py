"""The bridge that one writes in an afternoon: a webhook comes in, a message goes out, nothing is kept."""

import html
import os
import secrets
import sys

import httpx
import uvicorn
from fastapi import FastAPI, HTTPException, Request

app = FastAPI()
telegram = httpx.AsyncClient(base_url=os.environ["TELEGRAM_API_URL"])


@app.post("/webhooks/glitchtip/{secret}")
async def alert(secret: str, request: Request):
    if not secrets.compare_digest(secret, os.environ["TIPLINE_WEBHOOK_SECRET"]):
        raise HTTPException(404)
    for issue in (await request.json()).get("attachments", []):
        fields = {field["title"]: field["value"] for field in issue.get("fields") or []}
        text = f"🔴 <b>{html.escape(issue['title'])}</b>\n{html.escape(fields.get('Project', ''))}\n{issue['title_link']}"
        try:
            response = await telegram.post(
                "/bot1:a/sendMessage", json={"chat_id": -1001, "text": text, "parse_mode": "HTML"})
        except httpx.HTTPError:
            raise HTTPException(502)
        if response.status_code != 200:
            raise HTTPException(502)
    return {"ok": True}


if __name__ == "__main__":
    uvicorn.run(app, port=int(sys.argv[1]), log_level="critical")
