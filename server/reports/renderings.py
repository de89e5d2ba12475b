"""A report as JSON, CSV, an Excel workbook or a bar chart."""

import csv
import io
from decimal import Decimal
from html import escape
from typing import Any, Final

import xlsxwriter

from server.reports.tables import Cell, Report

TYPES: Final[dict[str, str]] = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "svg": "image/svg+xml",
}
_FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")
_BAR, _GAP, _LABELS, _WIDTH = 18, 8, 220, 640


def as_json(report: Report) -> dict[str, Any]:
    """`{name, columns, rows}`, each row an object; amounts are exact decimal strings."""
    rows = [dict(zip(report.columns, map(_plain, row), strict=True)) for row in report.rows]
    return {"name": report.name, "columns": list(report.columns), "rows": rows}


def as_csv(report: Report) -> bytes:
    """RFC 4180 in UTF-8 with a byte order mark, as Excel wants it; what it would take for a formula is quoted."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(report.columns)
    for row in report.rows:
        writer.writerow([_inert(cell) for cell in row])
    return file.getvalue().encode("utf-8-sig")


def as_workbook(report: Report) -> bytes:
    """A workbook with the rows, a live total under each column of numbers, and a chart."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(report.name)
        bold = book.add_format({"bold": True})
        sheet.write_row(0, 0, report.columns, bold)
        for number, row in enumerate(report.rows, 1):
            sheet.write_row(number, 0, [float(cell) if isinstance(cell, Decimal) else cell for cell in row])
        if report.rows:
            _total(sheet, report, bold)
            sheet.insert_chart(1, len(report.columns) + 1, _chart(book, report))
        sheet.autofit()
    return file.getvalue()


def as_svg(report: Report) -> bytes:
    """Horizontal bars of the charted column, with their labels: no script, no style from elsewhere."""
    column = report.columns.index(report.charted)
    bars = [(str(row[0]), row[column]) for row in report.rows]
    most = max((float(value) for _, value in bars), default=0.0) or 1.0
    height = len(bars) * (_BAR + _GAP) + _GAP
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" font-family="sans-serif" '
        f'font-size="12" role="img"><title>{escape(report.name)}: {escape(report.charted)}</title>'
    )
    parts = [opening]
    for number, (label, value) in enumerate(bars):
        top = _GAP + number * (_BAR + _GAP)
        width = max(1.0, max(0.0, float(value)) / most * (_WIDTH - _LABELS - 90))
        parts.append(
            f'<text x="{_LABELS - 8}" y="{top + 13}" text-anchor="end">{escape(label[:32])}</text>'
            f'<rect x="{_LABELS}" y="{top}" width="{width:.1f}" height="{_BAR}" fill="#0b57a4"/>'
            f'<text x="{_LABELS + width + 6:.1f}" y="{top + 13}">{escape(str(_plain(value)))}</text>'
        )
    return "".join([*parts, "</svg>\n"]).encode()


def _total(sheet: Any, report: Report, bold: Any) -> None:
    last = len(report.rows)
    sheet.write(last + 1, 0, "total", bold)
    for column, cell in enumerate(report.rows[0]):
        if not isinstance(cell, str):
            letter = xlsxwriter.utility.xl_col_to_name(column)
            sheet.write_formula(last + 1, column, f"=SUM({letter}2:{letter}{last + 1})", bold)


def _chart(book: Any, report: Report) -> Any:
    column = report.columns.index(report.charted)
    last = len(report.rows)
    chart = book.add_chart({"type": "bar"})
    series = {"name": report.charted, "categories": [report.name, 1, 0, last, 0]}
    chart.add_series(series | {"values": [report.name, 1, column, last, column]})
    return chart


def _plain(cell: Cell) -> str | int:
    return f"{cell:f}" if isinstance(cell, Decimal) else cell


def _inert(cell: Cell) -> str | int:
    shown = _plain(cell)
    return f"'{shown}" if isinstance(cell, str) and cell.startswith(_FORMULA_SIGNS) else shown
