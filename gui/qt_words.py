"""Qt's own words in Indonesian, for all of its dialogs and menus that this program can show. Qt ships none.

tests/gui/test_qt_words.py opens them and looks for what is missing here.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTranslator

_MENUS: Final = {
    "&Undo": "&Urungkan", "&Redo": "&Ulangi", "Cu&t": "&Potong", "&Copy": "&Salin", "Copy &Link Location": "Salin &alamat tautan",
    "&Paste": "&Tempel", "Delete": "Hapus", "Select All": "Pilih semua", "&Select All": "&Pilih semua", "Clear": "Kosongkan",
    "&Step up": "&Tambah", "Step &down": "&Kurangi",
    "Scroll here": "Gulir ke sini", "Top": "Paling atas", "Bottom": "Paling bawah", "Left edge": "Paling kiri",
    "Right edge": "Paling kanan", "Page up": "Sehalaman ke atas", "Page down": "Sehalaman ke bawah",
    "Page left": "Sehalaman ke kiri", "Page right": "Sehalaman ke kanan", "Scroll up": "Gulir ke atas",
    "Scroll down": "Gulir ke bawah", "Scroll left": "Gulir ke kiri", "Scroll right": "Gulir ke kanan",
    "Scroll Left": "Gulir ke kiri", "Scroll Right": "Gulir ke kanan",
}  # fmt: skip
_BUTTONS: Final = {
    "OK": "Oke", "&OK": "&Oke", "Cancel": "Batal", "&Cancel": "&Batal", "Close": "Tutup", "&Close": "&Tutup", "Help": "Bantuan",
    "&Help": "&Bantuan", "&Yes": "&Ya", "Yes to &All": "Ya untuk &semua", "&No": "&Tidak", "N&o to All": "Tidak &untuk semua",
    "Abort": "Batalkan", "Apply": "Terapkan", "Discard": "Buang", "Don't Save": "Jangan simpan", "Ignore": "Abaikan",
    "Open": "Buka", "Reset": "Kembalikan", "Restore Defaults": "Pulihkan bawaan", "Retry": "Coba lagi", "Save": "Simpan",
    "&Save": "&Simpan", "Save All": "Simpan semua", "Show Details...": "Tampilkan rincian…",
    "Hide Details...": "Sembunyikan rincian…", "&Show this message again": "&Tampilkan pesan ini lagi",
    "Enter a value:": "Isi nilai:", "Press shortcut": "Tekan tombol", "< &Back": "< &Kembali", "&Next >": "&Lanjut >",
    "&Finish": "&Selesai", "Commit": "Simpan", "Continue": "Lanjutkan", "Done": "Selesai", "Go Back": "Kembali",
}  # fmt: skip
_FILES: Final = {
    "&Look in:": "&Cari di:", "File &name:": "&Nama berkas:", "Files of &type:": "&Jenis berkas:", "Directory:": "Folder:",
    "&Open": "&Buka", "&Choose": "&Pilih", "Save As": "Simpan sebagai", "Find Directory": "Pilih folder",
    "Find Files": "Pilih berkas", "All Files (*)": "Semua berkas (*)", "All Files": "Semua berkas", "Files": "Berkas",
    "Directories": "Folder", "Show ": "Tampilkan ", "Show &hidden files": "Tampilkan &berkas tersembunyi",
    "&Rename": "&Ganti nama", "&Delete": "&Hapus", "&New Folder": "&Folder baru", "New Folder": "Folder baru",
    "Create New Folder": "Buat folder baru", "Create a New Folder": "Buat folder baru", "Back": "Mundur", "Go back": "Mundur",
    "Forward": "Maju", "Go forward": "Maju", "Parent Directory": "Folder di atasnya",
    "Go to the parent directory": "Ke folder di atasnya", "List View": "Tampilan daftar",
    "Change to list view mode": "Tampilkan sebagai daftar", "Detail View": "Tampilan rincian",
    "Change to detail view mode": "Tampilkan dengan rincian", "Sidebar": "Bilah samping",
    "List of places and bookmarks": "Daftar tempat", "Recent Places": "Tempat terakhir", "Remove": "Hapus",
    "Computer": "Komputer", "My Computer": "Komputer ini", "Drive": "Diska", "Folder": "Folder", "File": "Berkas",
    "File Folder": "Folder", "%1 File": "Berkas %1", "Name": "Nama", "Size": "Ukuran", "Type": "Jenis", "Kind": "Jenis",
    "Date Modified": "Diubah", "Alias": "Alias", "Shortcut": "Pintasan", "Unknown": "Tidak dikenal",
    "%1 already exists.\nDo you want to replace it?": "%1 sudah ada.\nGanti dengan yang baru?",
    "%1\nDirectory not found.\nPlease verify the correct directory name was given.":
        "%1\nFolder tidak ditemukan.\nPeriksa nama foldernya.",
    "%1\nFile not found.\nPlease verify the correct file name was given.": "%1\nBerkas tidak ditemukan.\nPeriksa nama berkasnya.",
    "Are you sure you want to delete '%1'?": "Hapus '%1'?", "Could not delete directory.": "Folder tidak dapat dihapus.",
    "'%1' is write protected.\nDo you want to delete it anyway?": "'%1' terkunci.\nTetap hapus?",
    "Invalid filename": "Nama berkas belum benar",
    "<b>The name \"%1\" cannot be used.</b><p>Try using another name, with fewer characters or no punctuation marks.":
        "<b>Nama \"%1\" tidak dapat dipakai.</b><p>Pakai nama lain yang lebih pendek atau tanpa tanda baca.",
    "%1 bytes": "%1 bita", "%1 byte(s)": "%1 bita", "%1 KB": "%1 KB", "%1 MB": "%1 MB", "%1 GB": "%1 GB",
}  # fmt: skip
_PRINTING: Final = {
    "Print": "Cetak", "&Print": "&Cetak", "&Options >>": "&Pilihan >>", "&Options <<": "&Pilihan <<", "Options": "Pilihan",
    "Printer": "Pencetak", "&Name:": "&Nama:", "P&roperties": "P&engaturan", "Location:": "Letak:", "Type:": "Jenis:",
    "Preview": "Pratinjau", "Output &file:": "&Berkas hasil:", "Print to File (PDF)": "Cetak ke berkas (PDF)",
    "Write PDF file": "Tulis berkas PDF", "Local file": "Berkas di komputer ini", "Copies": "Salinan", "Copies:": "Salinan:",
    "Print range": "Yang dicetak", "Print all": "Cetak semua", "Pages from": "Halaman", "to": "sampai", "Pages": "Halaman",
    "Current Page": "Halaman ini", "Selection": "Yang dipilih", "Page &Set:": "&Halaman:", "All Pages": "Semua halaman",
    "Odd Pages": "Halaman ganjil", "Even Pages": "Halaman genap", "Output Settings": "Pengaturan hasil", "Collate": "Susun",
    "Reverse": "Urutan terbalik", "Color Mode": "Warna", "Color": "Berwarna", "Grayscale": "Hitam putih",
    "Double Sided Printing": "Cetak dua sisi", "Off": "Tidak", "Long side binding": "Jilid sisi panjang",
    "Short side binding": "Jilid sisi pendek",
    "Specify pages or ranges separated by commas. Ranges are specified by two numbers separated by a hyphen. E.g: 3,5-7,9 prints "
    "pages 3, 5, 6, 7 and 9.": "Tulis halaman dipisahkan koma, rentang dengan tanda hubung. Contoh: 3,5-7,9 mencetak halaman "
    "3, 5, 6, 7 dan 9.",
    "Paper": "Kertas", "Page size:": "Ukuran kertas:", "Width:": "Lebar:", "Height:": "Tinggi:", "Paper source:": "Laci kertas:",
    "Orientation": "Arah", "Portrait": "Tegak", "Landscape": "Mendatar", "Reverse landscape": "Mendatar terbalik",
    "Reverse portrait": "Tegak terbalik", "Margins": "Tepi", "top margin": "tepi atas", "left margin": "tepi kiri",
    "right margin": "tepi kanan", "bottom margin": "tepi bawah", "Page Layout": "Susunan halaman", "Page &order:": "&Urutan:",
    "Pages &per sheet:": "Halaman &per lembar:", "Custom": "Ukuran sendiri", "Millimeters (mm)": "Milimeter (mm)",
    "Points (pt)": "Poin (pt)", "Inches (in)": "Inci (in)", "Pica (P̸)": "Pika (P̸)",
    "Bottom to Top, Left to Right": "Bawah ke atas, kiri ke kanan",
    "Bottom to Top, Right to Left": "Bawah ke atas, kanan ke kiri",
    "Left to Right, Bottom to Top": "Kiri ke kanan, bawah ke atas",
    "Left to Right, Top to Bottom": "Kiri ke kanan, atas ke bawah",
    "Right to Left, Bottom to Top": "Kanan ke kiri, bawah ke atas",
    "Right to Left, Top to Bottom": "Kanan ke kiri, atas ke bawah",
    "Top to Bottom, Left to Right": "Atas ke bawah, kiri ke kanan",
    "Top to Bottom, Right to Left": "Atas ke bawah, kanan ke kiri",
    "Print Preview": "Pratinjau cetak", "First page": "Halaman pertama", "Last page": "Halaman terakhir",
    "Next page": "Halaman berikut", "Previous page": "Halaman sebelum", "Fit page": "Sehalaman penuh",
    "Fit width": "Selebar layar",
    "Page Setup": "Pengaturan halaman", "Page setup": "Pengaturan halaman", "Show facing pages": "Dua halaman",
    "Show overview of all pages": "Semua halaman", "Show single page": "Satu halaman", "Zoom in": "Perbesar",
    "Zoom out": "Perkecil", "Letter": "Letter", "Custom (%1mm x %2mm)": "Ukuran sendiri (%1 × %2 mm)",
}  # fmt: skip
_COLOURS: Final = {
    "Select Color": "Pilih warna", "&Basic colors": "Warna &dasar", "&Custom colors": "Warna &sendiri",
    "&Add to Custom Colors": "&Tambahkan ke warna sendiri", "&Pick Screen Color": "&Ambil dari layar", "Hu&e:": "&Rona:",
    "&Sat:": "&Jenuh:", "&Val:": "&Terang:", "&Red:": "&Merah:", "&Green:": "&Hijau:", "Bl&ue:": "&Biru:",
    "A&lpha channel:": "&Tembus:", "&HTML:": "&HTML:",
    "Cursor at %1, %2\nPress ESC to cancel": "Kursor di %1, %2\nEsc untuk batal",
    "Select Font": "Pilih huruf", "&Font": "&Huruf", "Font st&yle": "&Gaya", "&Size": "&Ukuran", "Effects": "Efek",
    "Stri&keout": "&Coret", "&Underline": "&Garis bawah", "Sample": "Contoh", "Wr&iting System": "&Aksara",
}  # fmt: skip
_KEYS: Final = {
    "Space": "Spasi", "Up": "↑", "Down": "↓", "Left": "←", "Right": "→", "Return": "Enter", "Backtab": "Shift+Tab",
}  # fmt: skip
WORDS: Final = _KEYS | _COLOURS | _PRINTING | _FILES | _BUTTONS | _MENUS
_SAID_OTHERWISE: Final = {("QShortcut", "Print"): "Print", ("QShortcut", "Delete"): "Del", ("QShortcut", "Help"): "Help"}


class QtWords(QTranslator):
    """Translates the words of Qt itself; the program's own text is Indonesian already."""

    def translate(self, context: str, text: str, _disambiguation: str | None = None, _n: int = -1) -> str | None:
        """The Indonesian word, or None."""
        if context == "PosVaksin":
            return None
        return _SAID_OTHERWISE.get((context, text)) or WORDS.get(text)

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        """Never: Qt would not ask it."""
        return False
