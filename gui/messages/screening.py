"""The questions of the screening card as they are read aloud, and what a person reads about its verdict.

After the control card of KMK HK.01.07/MENKES/6424/2021, in our own words.
"""

from gui.language import tr


def questions() -> dict[str, str]:
    """Question code to the question. The last two of RAPUH were remembered, not read: compare them with your card."""
    return {
        "allergy_vaccine": tr("Pernahkah mengalami alergi berat (sesak napas, bengkak, biduran luas) karena vaksin?"),
        "allergy_earlier_dose": tr("Apakah timbul alergi berat sesudah dosis vaksin COVID-19 yang lalu?"),
        "pregnant": tr("Apakah sedang hamil?"),
        "autoimmune": tr(
            "Apakah punya penyakit autoimun seperti asma atau lupus yang sedang kambuh atau belum terkendali?"
        ),
        "blood_disorder": tr(
            "Apakah dirawat karena gangguan pembekuan darah, kelainan darah, kekebalan lemah, atau transfusi darah?"
        ),
        "immunosuppressant": tr(
            "Apakah sedang memakai obat penekan kekebalan, misalnya kortikosteroid atau kemoterapi?"
        ),
        "heart_disease": tr("Apakah punya penyakit jantung berat dengan sesak napas?"),
        "rapuh_stairs": tr("Apakah sulit naik 10 anak tangga?"),
        "rapuh_tired": tr("Apakah sering merasa lelah?"),
        "rapuh_diseases": tr(
            "Apakah punya 5 atau lebih dari 11 penyakit ini: darah tinggi, diabetes, kanker, paru kronis, "
            "serangan jantung, gagal jantung, nyeri dada, asma, nyeri sendi, strok, penyakit ginjal?"
        ),
        "rapuh_walk": tr("Apakah sulit berjalan kira-kira 100 sampai 200 meter?"),
        "rapuh_weight": tr("Apakah berat badan turun banyak dalam setahun terakhir?"),
        "survivor": tr("Pernahkah sakit COVID-19? Bila pernah: ringan atau sedang, atau berat? Kapan sembuh?"),
    }


def sentences() -> dict[str, str]:
    """Code to sentence."""
    return _verdicts() | _missing() | _refusals()


def _verdicts() -> dict[str, str]:
    return {
        "screening.allergy_vaccine": tr("Alergi berat karena vaksin: vaksinasi di rumah sakit. Buat rujukan."),
        "screening.allergy_earlier_dose": tr("Alergi berat sesudah dosis COVID-19 yang lalu: vaksin tidak diberikan."),
        "screening.pregnant": tr(
            "Hamil: perlu formulir ibu hamil (SE HK.02.01/I/2007/2021). Tunda dan rujuk ke bidan."
        ),
        "screening.autoimmune": tr("Penyakit autoimun belum terkendali: tunda sampai terkendali menurut dokter."),
        "screening.blood_disorder": tr("Gangguan darah atau kekebalan: tunda dan rujuk ke dokter."),
        "screening.immunosuppressant": tr("Memakai obat penekan kekebalan: tunda dan rujuk ke dokter."),
        "screening.heart_disease": tr("Penyakit jantung berat dengan sesak: tunda dan rujuk ke dokter."),
        "screening.rapuh": tr("RAPUH: {count} jawaban YA (batas {least}). Vaksin tidak diberikan."),
        "screening.survivor": tr("Penyintas COVID-19: boleh divaksin mulai {until}."),
        "screening.fever": tr("Suhu lebih dari 37,5 °C: tunda sampai sembuh."),
        "screening.pressure_high": tr("Tekanan darah tetap di atas 180/110: tunda sampai terkendali."),
        "screening.pressure_repeat": tr(
            "Tekanan darah di atas 180/110: ukur lagi sesudah {least} sampai {most} menit."
        ),
    }


def _missing() -> dict[str, str]:
    return {
        "screening.unanswered": tr("Pertanyaan ini belum dijawab. Tanyakan, lalu jawab Ya atau Tidak."),
        "screening.survivor_missing": tr("Tanyakan apakah pernah sakit COVID-19."),
        "screening.recovered_missing": tr("Isi tanggal sembuh dari COVID-19."),
        "screening.temperature_missing": tr("Ukur suhu badan, lalu isi hasilnya."),
        "screening.pressure_missing": tr("Ukur tekanan darah, lalu isi kedua angkanya."),
    }


def _refusals() -> dict[str, str]:
    return {
        "screening.no_set": tr("Belum ada formulir skrining untuk usia {age} tahun pada tanggal ini. Rujuk ke dokter."),
        "screening.unknown_question": tr(
            "Ada jawaban untuk pertanyaan yang bukan dari formulir ini. Buka lagi skriningnya."
        ),
        "screening.temperature": tr("Suhu harus antara 34,0 dan 43,0 °C. Periksa angkanya atau ukur lagi."),
        "screening.pressure": tr("Tekanan darah harus antara {least} dan {most}. Periksa angkanya atau ukur lagi."),
        "screening.pressure_order": tr("Angka atas harus lebih besar daripada angka bawah. Periksa urutannya."),
        "screening.survivor_unknown": tr("Pilih: tidak pernah, ringan atau sedang, atau berat."),
        "screening.recovered_later": tr("Tanggal sembuh sesudah hari skrining. Periksa tanggalnya."),
    }
