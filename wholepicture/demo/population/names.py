"""Names enough for a million people: the town's own, and many more built from the parts that surnames are built from.

A few names are common and most are rare, as in life: the n-th is drawn in proportion to 1/(n + 5).
"""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from random import Random
from typing import Final

from wholepicture.demo.names import BACKGROUNDS

# More of each background: women's and men's given names, then beginnings and endings of surnames.
_MORE: Final[dict[str, tuple[str, str, str, str]]] = {
    "english": (
        "Emily Jessica Sophie Lucy Ella Mia Lily Emma Hannah Abigail Molly Rebecca Katie Rachel "
        "Samantha Laura Sarah Amy "
        "Victoria Eleanor Matilda Florence Ivy Willow Sienna Elsie Penelope Esme Maisie Phoebe Imogen Jasmine Rose "
        "Martha Nancy Beatrice Eliza Heidi Leah Zara Tilly Lottie Georgia Francesca Natasha Danielle Stephanie Kelly "
        "Nicola Donna Tracey Michelle Joanne Claire Catherine Elizabeth Margaret Susan Patricia "
        "Jennifer Kathleen Alison",
        "Thomas James William Joshua Daniel Samuel Joseph Benjamin Edward Alexander Henry Charles "
        "Max Lucas Isaac Arthur "
        "Finley Dylan Logan Mason Jake Adam Callum Matthew Michael David Andrew Christopher Robert Richard Paul Mark "
        "Stephen Simon Gary Darren Wayne Stuart Philip Anthony Peter Kevin Martin Graham Keith Jonathan Nicholas Edwin "
        "Louis Sebastian Hugo Rupert Felix Jasper Elliot Rory Frankie Ronnie Reggie Albie Stanley Albert Frederick",
        "Ash Brad Thorn Wal Har Stan Whit Nor Wes East Sut Mid Hol Hart Bar Bent Black Brook Buck "
        "Burn Cald Chat Clay Cliff "
        "Cop Cran Crow Dal Den Dray Dun Eg Ell Far Fen Gar Hamp Had Hather Hay Hazel Hed Hen Hill "
        "Horn Hud Ing Kel Kirk "
        "Lang Law Lang Lin Lock Long Mar May Mel Mil Nether Oak Old Os Pad Pem Pen Pick Pres Rad Raw Red Rush Sand Sel "
        "Shel Ship Sher Staf Stam Stock Strat Tad Tar Thor Til Town Under Up Wad Wake War Wat Wel Win Wood Wor Yar",
        "ley ford ton well field wood by worth ham ley bury stead combe den don er shaw bourne gate "
        "croft man son land"),
    "polish": (
        "Julia Lena Amelia Aleksandra Natalia Wiktoria Emilia Magdalena Joanna Beata Dorota Iwona Karolina Weronika "
        "Zofia Barbara Kinga Patrycja", "Kacper Filip Mateusz Bartosz Michał Krzysztof Marcin "
        "Grzegorz Adam Dawid Rafał "
        "Kamil Sebastian Dominik Mikołaj Aleksander Stanisław Jan",
        "Kowal Lewandow Zieliń Szymań Woźn Kozłow Jankow Mazur Krawcz Piotrow Grabow Nowakow Pawłow "
        "Michal Wróblew Jaworow "
        "Malinow Duda Stęp Wieczor Adam Sikor Baran Szewcz Ostrow Tomasz Zalew Jasiń Marcin Bąk Zawad Sawick",
        "ski/ska ska/ska czyk ak ek owicz iak ik"),
    "romanian": (
        "Maria Alexandra Gabriela Mihaela Cristina Simona Larisa Denisa Alina Roxana Iulia Raluca",
        "Alexandru Ion Gheorghe Vasile Florin Adrian Bogdan Daniel Gabriel Marius Cosmin Darius David",
        "Pop Dumitr Const Georg Stan Vasil Marin Tudor Barb Nicol Florʼ Mold Olt Sand Diac Lup Vlad Ungur Sârb Mihăil",
        "escu eanu oiu aru ea an ici in"),
    "pakistani": (
        "Fatima Aisha Khadija Amina Sumaira Saima Nadia Shazia Rukhsana Bushra Farah Mehwish Aleena Hafsa Sadia Zara",
        "Mohammed Muhammad Ahmed Ali Hassan Imran Asif Tariq Omar Zubair Kashif Nadeem Yusuf Abdullah Danyal Rizwan",
        "Khan Ahmed Ali Akhtar Iqbal Mahmood Shah Begum Bibi Rehman Saleem Javed Nawaz Aslam Bashir "
        "Rashid Hanif Sharif "
        "Awan Baig Bhatti Dar Gondal Janjua Kayani Lodhi Minhas Niazi Pasha Rana Satti Tanoli Zaman", ""),
    "indian": (
        "Aisha Pooja Neha Sunita Deepa Lakshmi Aaliyah Jasleen Manpreet Ravinder Sukhdeep Nisha Radhika Ishaani Saanvi",
        "Amit Rahul Sanjay Raj Hardeep Manjit Sukhvinder Ravi Suresh Dev Ishaan Vihaan Jagdeep Balwinder Mohan Anil",
        "Singh Kaur Sharma Shah Desai Mehta Chauhan Rathod Parmar Bhatt Trivedi Reddy Nair Menon Iyer Rao Gupta Verma "
        "Kapoor Malhotra Grewal Sidhu Bains Dhaliwal Atwal Sahota Johal Virdee Bhogal Panesar", ""),
    "arabic": (
        "Fatimah Aisha Zaynab Maryam Amal Hanan Iman Lina Dalia Rasha Samira Noura Sawsan Ghada",
        "Mohamed Ahmad Ali Hussein Hassan Ibrahim Mustafa Yusuf Abdullah Karim Ziad Walid Fadi Adnan Nabil",
        "Ahmad Mohamed Hassan Hussein Ibrahim Mansour Khalil Hamdan Najjar Qasim Sabbagh Zaidan Barakat Othman Shaheen "
        "Awad Younis Hijazi Tamimi al-Rashid al-Jaberi al-Dulaimi Bakir Salim Fares", ""),
    "nigerian": (
        "Blessing Precious Grace Chioma Ifeoma Amara Titilayo Bukola Funmilayo Zainab Halima Ebun",
        "Emmanuel Samuel Daniel Victor Chinedu Ikenna Olumide Babatunde Femi Musa Sani Ifeanyi",
        "Ade Ola Olu Oko Chuk Nna Obi Uzo Ogun Awo Aki Afo Ibe Emeka",
        "yemi wale niyi kunle wuma nwa kwere mba chukwu dele ola sanya tola"),
    "somali": (
        "Amina Fadumo Khadra Sahra Halimo Zamzam Hawa Nasra", "Mohamed Ahmed Abdullahi Ibrahim "
        "Yusuf Ismail Omar Hassan",
        "Mohamed Ali Hassan Ahmed Yusuf Omar Osman Ismail Abdi Mohamud Aden Dahir Elmi Guled Hussein Isse Roble", ""),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drawn:
    """A list to draw from, its first the commonest."""

    names: tuple[str, ...]
    upto: tuple[float, ...]

    def draw(self, rng: Random) -> str:
        """One of them."""
        return self.names[bisect(self.upto, rng.random() * self.upto[-1])]


def _ranked(names: list[str]) -> Drawn:
    once = tuple(dict.fromkeys(names))
    return Drawn(once, tuple(accumulate(1 / (n + 5) for n in range(len(once)))))


@dataclass(frozen=True, slots=True)
class Naming:
    """What people of one background are called; a surname with a `/` has a man's and a woman's form."""

    share: int
    women: Drawn
    men: Drawn
    surnames: Drawn

    def given(self, sex: str, rng: Random) -> str:
        """A given name for the sex."""
        return (self.women if sex == "female" else self.men).draw(rng)


@lru_cache(maxsize=1)
def namings() -> tuple[Naming, ...]:
    """Every background's names, in the town's shares."""
    return tuple(_naming(b.code, b.share, b.women, b.men, b.surnames) for b in BACKGROUNDS)


def _naming(code: str, share: int, women: str, men: str, surnames: str) -> Naming:
    more_women, more_men, starts, ends = _MORE.get(code, ("", "", "", ""))
    built = [_joined(start, end) for end in ends.split() or [""] for start in starts.replace("ʼ", "").split()]
    return Naming(
        share,
        _ranked([*women.split(), *more_women.split()]),
        _ranked([*men.split(), *more_men.split()]),
        _ranked([*(name.replace("_", " ") for name in surnames.split()), *built]),
    )


def _joined(start: str, end: str) -> str:
    man, _, woman = end.partition("/")
    return f"{start}{man}/{start}{woman}" if woman else f"{start}{man}"


def draw_naming(rng: Random) -> Naming:
    """A background by its share of the town."""
    upto = _shares()
    return namings()[bisect(upto, rng.random() * upto[-1])]


@lru_cache(maxsize=1)
def _shares() -> tuple[float, ...]:
    return tuple(accumulate(naming.share for naming in namings()))
