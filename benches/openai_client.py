"""The same requests through the openai client, for the table of `orchestration.rs`.

usage: openai_client.py BASE_URL REQUESTS AT_ONCE

As its documentation shows it: one client, so many requests at once by a semaphore, its own retries. Prints one line of
JSON: how many answers are right, how many were taken although they are not, how many failed, and the seconds of wall and
processor time of the loop, start-up left out.
"""

import asyncio
import json
import sys
import time

from openai import AsyncOpenAI

PADDING = "x" * 4000


async def main(base_url, requests, at_once):
    client = AsyncOpenAI(base_url=base_url, api_key="none")
    room = asyncio.Semaphore(at_once)

    async def ask(n):
        french = f"Le rapport cite {n} communes de la région et leurs écoles."
        english = f"The report cites {n} municipalities in the region and their schools."
        messages = [
            {"role": "system", "content": PADDING},
            {"role": "user", "content": f'<fr-x id="b1">{french}</fr-x>'},
        ]
        async with room:
            try:
                answer = await client.chat.completions.create(model="m", messages=messages, temperature=0)
                content = answer.choices[0].message.content
            except Exception:  # Whatever it is, the text is not there.
                return "failed"
        return "right" if content == f'<en-x id="b1">{english}</en-x>' else "taken"

    began, cpu = time.perf_counter(), time.process_time()
    outcomes = await asyncio.gather(*(ask(1000 + n) for n in range(requests)))
    report = {kind: outcomes.count(kind) for kind in ("right", "taken", "failed")}
    report |= {"wall": time.perf_counter() - began, "cpu": time.process_time() - cpu}
    print(json.dumps(report))


asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
