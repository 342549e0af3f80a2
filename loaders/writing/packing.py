"""A workbook as bytes that are the same for the same contents, whenever it is written."""

import io
import re
import zipfile

from openpyxl.workbook import Workbook

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_CORE = "docProps/core.xml"
_WHEN = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def packed(workbook: Workbook) -> bytes:
    """The workbook's file, without the time at which it was made."""
    made = io.BytesIO()
    workbook.save(made)
    again = io.BytesIO()
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(again, "w") as whole:
        for name in parts.namelist():
            content = parts.read(name)
            if name == _CORE:
                content = _WHEN.sub(rb"\g<1>1980-01-01T00:00:00Z", content)
            part = zipfile.ZipInfo(name, _LONG_AGO)
            whole.writestr(part, content, zipfile.ZIP_DEFLATED)
    return again.getvalue()
