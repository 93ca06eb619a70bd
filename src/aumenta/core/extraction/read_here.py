"""What `apart.py` starts: files of a plan and a layout come in, the plan goes out as JSON, or why it can't be read."""

import base64
import json
import sys
from typing import Any, Final

from aumenta.core.apart import limit_this_process
from aumenta.core.extraction.document import ExtractionError
from aumenta.core.extraction.layout import layout_from_text
from aumenta.core.extraction.reading import read_contents

SECONDS: Final = 60
"""Of the processor: the longest plan we know, with every layout tried, takes five."""
MEMORY: Final = 2 * 1024 * 1024 * 1024


def _read(sent: dict[str, Any]) -> dict[str, Any]:
    try:
        contents = [(name, base64.b64decode(content)) for name, content in sent["contents"]]
        layout = layout_from_text(sent["layout"][1], sent["layout"][0]) if sent["layout"] else None
        plan = read_contents(contents, partial=True, layout=layout)
    except ExtractionError as error:
        return {"code": error.code, "params": error.params}
    return {
        "plan": plan.document.to_data(),
        "files": list(zip(plan.files.names, plan.files.texts, strict=True)),
    }


if __name__ == "__main__":
    limit_this_process(seconds=SECONDS, memory=MEMORY)
    sys.stdout.write(json.dumps(_read(json.loads(sys.stdin.buffer.read())), default=str))
