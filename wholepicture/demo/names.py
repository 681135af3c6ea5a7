"""Names as they are met in an English town, from many backgrounds; drawn after a family's story, never before."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Final


@dataclass(frozen=True, slots=True)
class Background:
    """Names of one background; a surname with a `/` has a man's and a woman's form. `language` is a BCP 47 tag."""

    code: str
    share: int
    language: str
    women: str
    men: str
    surnames: str

    def given(self, sex: str, rng: Random) -> str:
        """A given name for the sex (either list where it is not known)."""
        pool = {"female": self.women, "male": self.men}.get(sex, self.women)
        return rng.choice(pool.split())

    def surname(self, rng: Random) -> str:
        """A surname, with both forms where it has two."""
        return rng.choice(self.surnames.split()).replace("_", " ")


def surname_for(surname: str, sex: str) -> str:
    """The man's or the woman's form of a surname that has two."""
    man, _, woman = surname.partition("/")
    return woman if woman and sex == "female" else man


BACKGROUNDS: Final = (
    Background("english", 46, "en",
        "Olivia Amelia Isla Freya Poppy Evie Grace Ruby Daisy Harriet Chloe Megan Lauren Holly Jade Kayleigh "
        "Stacey Gemma Alice Charlotte Ellie-Mae Lily-Rose Skye Rosie Bethany Zoë",
        "Oliver George Harry Jack Leo Alfie Freddie Theo Archie Charlie Connor Ryan Liam Lee Craig Dean Jordan "
        "Kyle Luke Ashley Tyler Jayden Bobby Reuben Toby Nathan",
        "Carter Holt Barlow Pickering Sutton Fenn Marsh Whitlock Thorne Bexley Harker Dobson Lister Cope "
        "Nettleton Garside Ridley Stokes Tillotson Wainwright Hartley-Poole Shaw-Bennett Beck Wilkes Crane Moffat"),
    Background("welsh", 4, "en",
        "Cerys Ffion Megan Carys Nia Lowri Angharad Siân",
        "Dylan Rhys Gethin Ieuan Osian Gruffydd Emyr Iwan",
        "Llewellyn Pritchard Bevan Gwynne Morgan Ellis-Rees Pugh Jenkins"),
    Background("irish", 4, "en",
        "Niamh Aoife Róisín Saoirse Clodagh Sinéad Caoimhe Orla",
        "Cian Oisín Seán Declan Fionn Eoin Pádraig Cormac",
        "O'Driscoll Ó_Briain McGrath Ní_Dhonnchadha/Ní_Dhonnchadha Keane Doherty Mac_Giolla Tierney"),
    Background("polish", 7, "pl",
        "Zuzanna Małgorzata Agnieszka Oliwia Hanna Katarzyna Maja Ewa",
        "Jakub Łukasz Paweł Szymon Tomasz Antoni Piotr Wojciech",
        "Wiśniewski/Wiśniewska Nowak Wójcik Kamiński/Kamińska Zając Dąbrowski/Dąbrowska Pawlak Król "
        "Jabłoński/Jabłońska"),
    Background("romanian", 5, "ro",
        "Ioana Mădălina Andreea Ștefania Bianca Daria Elena Crina",
        "Andrei Ștefan Mihai Răzvan Luca Cătălin Ionuț Matei",
        "Munteanu Dumitrescu Țurcanu Ionescu Bălan Stoica Rusu Crăciun Mureșan"),
    Background("pakistani", 7, "ur",
        "Ayesha Zainab Maryam Hira Sana Iqra Noor Rabia",
        "Hamza Bilal Usman Zayn Adeel Ibrahim Faisal Haris",
        "Hussain Malik Chaudhry Mirza Qureshi Butt Raza Siddiqui"),
    Background("indian", 5, "gu",
        "Priya Anjali Diya Kavita Meera Simran Harpreet Nandini",
        "Arjun Rohan Kiran Vikram Gurpreet Nikhil Aarav Jaspal",
        "Patel Sandhu Mistry Solanki Dhillon Venkataraman Joshi Gill"),
    Background("bangladeshi", 3, "bn",
        "Nusrat Farzana Sumaiya Tahmina Rukhsana Anika",
        "Tanvir Rahim Shafiq Mahfuz Imran Jubair",
        "Miah Uddin Khatun/Khatun Chowdhury Rahman Sarkar"),
    Background("arabic", 5, "ar",
        "Layla Yasmin Salma Rania Huda Mariam Nour",
        "Omar Khalid Tariq Youssef Sami Bassel Mahmoud",
        "al-Masri Haddad Abdel-Rahman Khoury Saleh Nasser al-Hashimi Darwish"),
    Background("nigerian", 4, "en",
        "Chidinma Folake Adaeze Temitope Ngozi Yewande",
        "Chukwuemeka Tunde Obinna Ayodele Kelechi Segun",
        "Adebayo Okonkwo Nwosu Ogunleye Eze Balogun Oyelaran"),
    Background("ghanaian", 2, "en",
        "Abena Akosua Efua Adwoa",
        "Kwame Kofi Yaw Kojo",
        "Asante Boateng Owusu-Ansah Agyeman"),
    Background("somali", 3, "so",
        "Hodan Ifrah Sagal Ayaan Hibaq",
        "Abdi Liban Guled Mahad Warsame",
        "Farah Abdullahi Jama Warsame Nur Hersi"),
    Background("caribbean", 3, "en",
        "Shanice Monique Keisha Tiana Renée",
        "Jermaine Andre Tyrell Dwayne Marlon",
        "Campbell Grant Bailey Francis-Lewis Reid Gordon"),
    Background("chinese", 2, "zh",
        "Mei Xinyi Jing Yan Lihua",
        "Wei Jun Haoran Ming Zihan",
        "Chen Lin Huang Zhao Ouyang"),
)  # fmt: skip

_HALF_SAID = {
    "Isla": "Ila",
    "Siân": "Shan",
    "Niamh": "Neve",
    "Saoirse": "Sersha",
    "Caoimhe": "Keeva",
    "Oisín": "Osheen",
}
_PLAIN = str.maketrans("ąćęłńóśźżĄĆĘŁŃÓŚŹŻăâîșțĂÂÎȘȚéíáúöëÓ", "acelnoszzACELNOSZZaaistAAISTeiauoeO")


def draw_background(rng: Random, *, another_language: bool) -> Background:
    """A background by its share of the town; `another_language` where the story needs a home without English."""
    pool = [b for b in BACKGROUNDS if not another_language or b.language != "en"]
    return rng.choices(pool, [b.share for b in pool])[0]


def misspelt(name: str, rng: Random) -> str:
    """The name as somebody wrote it who heard it once: no diacritics, a doubled, lost or swapped letter."""
    heard = _HALF_SAID.get(name, name).translate(_PLAIN)
    if heard != name or len(heard) < 4:
        return heard
    at = rng.randrange(1, len(heard) - 1)
    change = rng.randrange(3)
    if change == 0:
        return heard[:at] + heard[at] + heard[at:]
    if change == 1:
        return heard[:at] + heard[at + 1 :]
    return heard[:at] + heard[at + 1].lower() + heard[at].lower() + heard[at + 2 :]
