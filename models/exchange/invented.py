"""People who do not exist, for the demo and for tests: as mixed as a kecamatan on the coast of West Kalimantan."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from models.people.birth import BirthDate
from models.people.names import tidy_name
from models.people.nik import Nik, Sex
from models.people.person import PersonDraft

_HOME: Final = "611209"
_ELSEWHERE: Final = ("611201", "611208", "617101", "617104", "610101", "351701", "732401", "327306", "910101")
"""First six digits of people who moved here; the last is a code of Papua that is no longer given out."""

# Share in percent; given names of men and of women; second names; whether one word is usual.
_PEOPLES: Final[tuple[tuple[int, str, str, str], ...]] = (
    (
        34,  # Melayu
        "Syarif Ahmad Muhammad Iskandar Hamdan Zulkifli Abdullah Junaidi Rahmat Mahmud Uray Hasan Effendi Azhar Ramli",
        "Siti Nur Aminah Fatimah Zubaidah Halimah Rohani Syarifah Maimunah Nuraini Salmah Rahmah Mariam Jamilah Aisyah",
        "Hidayat Ismail Yusuf Kadir Saleh Arsyad Hasanah Fauzi Usman Latif Rasyid Alkadrie Mansur Safitri Baharuddin",
    ),
    (
        20,  # Bugis
        "Andi Daeng Ambo Baso Beddu La Muhammad Kamaruddin Syamsuddin Mappa Nurdin Hasanuddin Sulaiman Basri Tahir",
        "Andi Besse Indo Tenri Hj. Nurhayati Rosmini Marhumah Hasnah Dahlia Suriani Ratna Erni Kartini Sitti",
        "Tahang Patau Mallawa Sennang Upe Rahman Makkulau Tenriawaru Paturusi Muin Lolo Saing Massiara Akil Idrus",
    ),
    (
        16,  # Jawa
        "Soeparman Sugeng Slamet Joko Bambang Agus Wahyu Tri Dwi Suyanto Soewarno Sutrisno Parjo Heru Wagiman",
        "Sri Dwi Tri Endang Sumiati Wahyuni Ngatinem Painem Suwarti Dewi Rini Lestari Yuni Murni Ponirah",
        "Santoso Widodo Prasetyo Lestari Rahayu Handayani Wibowo Utomo Hartono Setiawan Susanti Purnomo Raharjo Astuti",
    ),
    (
        14,  # Tionghoa
        "Tjong Bun Kim Hendra Lie Budi Sun Akhiong Jimmy Afuk Hartono Djie Robby Tan Suryanto",
        "Mei Siu Ai Lili Hui Jung Yuliana Fransiska Moi Susanna Lanny Tjin Vivi Bong Afang",
        "Khiong Fung Nyuk Tjhin Moi Lim Ngo Kurniawan Wijaya Halim Gunawan Sin Chandra Liong Phang",
    ),
    (
        9,  # Madura
        "Moh. Matrawi Sahri Durahman Misnadin Holil Matsuri Buhari Sanusi Marjuki Jailani Rofik Hosen Samsul Badri",
        "Satuna Maryam Sulama Hosnia Misnati Rukmina Holifah Sutima Asma Buna Sahriya Juma Nawiya Mutmainnah Luluk",
        "Hasan Basri Sadi Mat Halil Rohim Anwar Kholis Jatim Umar Fadil Bakir Zaini Subairi Rosidi",
    ),
    (
        7,  # Dayak
        "Yohanes Petrus Markus Stepanus Lukas Paulus Atong Libertus Kanisius Damianus Antonius Heronimus Ajung Matius Nyangun",
        "Maria Agustina Yustina Kristina Martina Katarina Anjela Veronika Lusia Theresia Yuliana Monika Florensia Dayang Rupina",
        "Jampi Ujang Nyaru Sawi Ujok Laba Rinjan Kumbang Dilang Tamba Akim Lansau Ngadan Ayub Dering",
    ),
)

# Of a hundred people older than five: how many up to which age; the shape of the population of Kubu Raya in 2021.
_AGES: Final = ((6, 11, 13), (12, 17, 12), (18, 29, 23), (30, 44, 26), (45, 59, 17), (60, 74, 7), (75, 97, 2))
_OCCUPATIONS: Final = ("Petani", "Nelayan", "Pedagang", "Mengurus rumah tangga", "Buruh", "Wiraswasta", "Guru")
_DUSUN: Final = ("Dusun Mawar", "Dusun Melati", "Dusun Nusa Indah", "Dusun Karya", "Dusun Harapan")
_REASONS: Final = ("belum punya KTP, sedang diurus", "KTP hilang, NIK tidak hafal", "tidak membawa KTP maupun KK")
_COMORBIDITIES: Final = ("hipertensi", "diabetes", "asma", "penyakit jantung")


def invent_people(count: int, seed: int, today: date, desa_codes: Sequence[str]) -> Iterator[PersonDraft]:
    """`count` people of six years and more who live in `desa_codes`, the same for the same arguments.

    NIKs differ and have the right form; serials begin with 9, which no office reaches in a day. Phone numbers begin
    with 0800, which no network has. About one in forty has no NIK, one in ten of the old only a year of birth, some a
    NIK that disagrees with the card, and one in seven a single word for a name.
    """
    dice = random.Random(seed)  # noqa: S311 - a seeded sequence is what is wanted
    taken: set[str] = set()
    for number in range(count):
        yield _invent(dice, number, today, dice.choice(desa_codes), taken)


def _invent(dice: random.Random, number: int, today: date, desa: str, taken: set[str]) -> PersonDraft:
    sex: Sex = "female" if dice.random() < 0.51 else "male"
    born = _born(dice, today)
    age = BirthDate(born).age_on(today)
    nik = None if dice.random() < 0.025 else _nik(dice, born, sex, taken)
    birth = BirthDate(born)
    if age >= 60 and dice.random() < 0.1:
        birth = BirthDate(date(born.year, 1, 1), "year")
    return PersonDraft(
        name=tidy_name(_name(dice, sex)),
        birth=birth,
        sex=sex,
        nik=nik,
        reason_without_nik=None if nik else dice.choice(_REASONS),
        phone=f"+62800{number % 10_000_000:07}" if age >= 12 and dice.random() < 0.8 else None,
        kecamatan=desa[:8],
        desa=desa,
        dusun=dice.choice(_DUSUN),
        rt=f"{dice.randint(1, 24):03}",
        rw=f"{dice.randint(1, 8):03}",
        guardian=tidy_name(_name(dice, "male")) if age < 17 else None,
        occupation="Pelajar" if age < 18 else dice.choice(_OCCUPATIONS),
        bpjs=f"0009{dice.randrange(10**9):09}" if dice.random() < 0.7 else None,
        group=dice.choice(("sdm_kesehatan", "petugas_publik")) if 20 <= age < 60 and dice.random() < 0.06 else None,
        comorbidities=(dice.choice(_COMORBIDITIES),) if dice.random() < (0.3 if age >= 60 else 0.05) else (),
    )


def _born(dice: random.Random, today: date) -> date:
    first, last, _ = dice.choices(_AGES, weights=[share for _, _, share in _AGES])[0]
    years = dice.randint(first, last)
    latest = date(today.year - years, today.month, min(today.day, 28))
    return latest - timedelta(dice.randrange(364))


def _name(dice: random.Random, sex: Sex) -> str:
    _, men, women, second = dice.choices(_PEOPLES, weights=[people[0] for people in _PEOPLES])[0]
    given = (women if sex == "female" else men).split()
    first, middle = dice.sample(given, 2)
    chance = dice.random()
    if chance < 0.14 and len(first) > 3 and not first.endswith("."):
        return first
    last = dice.choice(second.split())
    return f"{first} {middle} {last}" if chance > 0.7 else f"{first} {last}"


def _nik(dice: random.Random, born: date, sex: Sex, taken: set[str]) -> Nik:
    """Like one that was issued: at home for nine of ten, and with another date or sex in one of a hundred."""
    prefix = _HOME if dice.random() < 0.9 else dice.choice(_ELSEWHERE)
    slip = dice.random()
    written = born + timedelta(dice.randint(1, 300)) if slip < 0.01 else born
    day = written.day + 40 * ((sex == "female") != (0.01 <= slip < 0.015))
    while True:
        digits = f"{prefix}{day:02}{written.month:02}{written.year % 100:02}9{dice.randrange(1000):03}"
        if digits not in taken:
            taken.add(digits)
            return Nik.parse(digits)
