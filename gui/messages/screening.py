"""The questions of the screening cards as they are read aloud, and what a person reads about their verdict.

After the control cards of KMK HK.01.07/MENKES/6424/2021, KMK 6688/2021 (6-11) and SE HK.02.01/I/2007/2021 (pregnant
women), in our own words. Which of them were not read in their source says `Question.uncertain`: compare with your card.
"""

from gui.language import tr


def questions() -> dict[str, str]:
    """Question code to the question, of every card."""
    return _adult() | _pregnant() | _child()


def _adult() -> dict[str, str]:
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


def _pregnant() -> dict[str, str]:
    return {
        "pregnant_early": tr("Apakah usia kehamilan kurang dari 13 minggu?"),
        "pregnant_preeclampsia": tr(
            "Adakah tanda preeklamsia: kaki bengkak, sakit kepala, nyeri ulu hati, atau pandangan kabur?"
        ),
        "pregnant_illness": tr(
            "Apakah punya penyakit penyerta yang belum terkendali atau sedang kambuh, misalnya jantung, diabetes, asma, "
            "paru, HIV, tiroid, ginjal, atau hati?"
        ),
    }


def _child() -> dict[str, str]:
    return {
        "other_vaccine_month": tr("Apakah mendapat vaksin lain dalam 1 bulan terakhir?"),
        "other_vaccine_fortnight": tr("Apakah anak mendapat vaksin lain dalam 2 minggu terakhir?"),
        "covid_contact": tr("Apakah kontak dengan orang sakit COVID-19, misalnya serumah, dalam 2 minggu terakhir?"),
        "ill_week": tr("Dalam 7 hari terakhir, apakah demam, batuk, pilek, nyeri menelan, muntah, atau diare?"),
        "emergency_week": tr(
            "Dalam 7 hari terakhir, apakah dirawat di rumah sakit atau mengalami sesak, kejang, tidak sadar, "
            "berdebar-debar, perdarahan, darah tinggi, atau gemetar hebat?"
        ),
        "immune_disorder": tr(
            "Apakah punya gangguan kekebalan, misalnya autoimun, alergi berat, gizi buruk, HIV berat, atau kanker?"
        ),
        "child_immunosuppressant": tr(
            "Apakah sedang diobati dengan penekan kekebalan jangka panjang, misalnya steroid lebih dari 2 minggu "
            "atau obat kanker?"
        ),
        "child_allergy": tr(
            "Pernahkah alergi berat (sesak napas, bengkak, biduran seluruh tubuh, pingsan) sesudah vaksinasi?"
        ),
        "haemophilia": tr("Apakah punya hemofilia atau kelainan pembekuan darah?"),
    }


def sentences() -> dict[str, str]:
    """Code to sentence."""
    return _verdicts() | _child_verdicts() | _pressure() | _missing() | _refusals()


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
        "screening.fever": tr("Suhu {measured} °C (batas {limit} °C): tunda sampai sembuh."),
        "screening.pregnant_early": tr("Kehamilan kurang dari 13 minggu: tunda sampai 13 minggu."),
        "screening.pregnant_preeclampsia": tr("Ada tanda preeklamsia: tunda dan rujuk ke rumah sakit."),
        "screening.pregnant_illness": tr("Penyakit penyerta ibu hamil belum terkendali: tunda dan rujuk ke dokter."),
    }


def _child_verdicts() -> dict[str, str]:
    return {
        "screening.other_vaccine_month": tr("Vaksin lain kurang dari 1 bulan: tunda, paling lama sampai {until}."),
        "screening.other_vaccine_fortnight": tr("Vaksin lain kurang dari 2 minggu: tunda, paling lama sampai {until}."),
        "screening.covid_contact": tr("Kontak dengan pasien COVID-19: tunda, paling lama sampai {until}."),
        "screening.ill_week": tr("Sakit dalam 7 hari terakhir: tunda sampai sembuh."),
        "screening.emergency_week": tr("Kegawatan dalam 7 hari terakhir: tunda dan rujuk ke dokter."),
        "screening.immune_disorder": tr("Gangguan kekebalan: tunda sampai diizinkan dokter yang merawat."),
        "screening.child_immunosuppressant": tr(
            "Memakai obat penekan kekebalan: tunda sampai diizinkan dokter yang merawat."
        ),
        "screening.child_allergy": tr("Alergi berat sesudah vaksinasi: vaksinasi di rumah sakit. Buat rujukan."),
        "screening.haemophilia": tr("Hemofilia atau kelainan pembekuan darah: vaksinasi di rumah sakit. Buat rujukan."),
    }


def _pressure() -> dict[str, str]:
    return {
        "screening.pressure_high": tr("Tekanan darah tetap tinggi, {measured} (batas {limit}): tunda sampai terkendali."),
        "screening.pressure_repeat": tr(
            "Tekanan darah {measured} (batas {limit}): ukur lagi sesudah {short} sampai {long} menit."
        ),
        "screening.pressure_also": tr("Tekanan darah {measured} juga tinggi (batas {limit}): ukur lagi saat kembali."),
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
        "screening.under_six": tr(
            "Umurnya {age} tahun: belum ada vaksin COVID-19 untuk anak di bawah 6 tahun. Jangan divaksin; "
            "bila umurnya salah, perbaiki tanggal lahirnya."
        ),
        "screening.unknown_question": tr(
            "Ada jawaban untuk pertanyaan yang bukan dari formulir ini. Buka lagi skriningnya."
        ),
        "screening.temperature": tr("Suhu harus antara 34,0 dan 43,0 °C. Periksa angkanya atau ukur lagi."),
        "screening.pressure": tr("Tekanan darah harus antara {least} dan {most}. Periksa angkanya atau ukur lagi."),
        "screening.pressure_order": tr("Angka atas harus lebih besar daripada angka bawah. Periksa urutannya."),
        "screening.survivor_unknown": tr("Pilih: tidak pernah, ringan atau sedang, atau berat."),
        "screening.recovered_later": tr("Tanggal sembuh sesudah hari skrining. Periksa tanggalnya."),
    }
