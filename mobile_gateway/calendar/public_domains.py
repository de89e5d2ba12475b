"""Mail domains that anybody can have an address at: they say nothing about a company."""

from typing import Final

_EVERYWHERE: Final = """
gmail.com googlemail.com outlook.com outlook.fr hotmail.com hotmail.ca hotmail.fr hotmail.co.uk live.com live.ca live.fr
msn.com yahoo.com yahoo.ca yahoo.fr yahoo.co.uk ymail.com rocketmail.com icloud.com me.com mac.com aol.com gmx.com
gmx.net gmx.fr gmx.de web.de mail.com zoho.com proton.me protonmail.com protonmail.ch pm.me fastmail.com
tutanota.com tuta.com hushmail.com yandex.com mail.ru qq.com 163.com 126.com inbox.com email.com
"""
_CANADA: Final = """
videotron.ca videotron.qc.ca bell.net bell.ca sympatico.ca rogers.com shaw.ca telus.net cogeco.ca cogeco.net b2b2c.ca
globetrotter.net globetrotter.qc.ca axion.ca xplornet.com xplornet.ca eastlink.ca nb.sympatico.ca nf.sympatico.ca
sasktel.net mts.net distributel.net teksavvy.com oricom.ca oricom.net tlb.sympatico.ca
"""
_FRANCE_AND_BEYOND: Final = """
orange.fr wanadoo.fr free.fr sfr.fr neuf.fr laposte.net bbox.fr numericable.fr aliceadsl.fr club-internet.fr noos.fr
skynet.be telenet.be proximus.be bluewin.ch sunrise.ch hispeed.ch
"""
_AMERICA: Final = """
comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net optonline.net juno.com
"""

PUBLIC_DOMAINS: Final = frozenset(f"{_EVERYWHERE} {_CANADA} {_FRANCE_AND_BEYOND} {_AMERICA}".split())
