//! What a correction must be to take the place of what it corrects.

use fidele::article::Format;
use fidele::exit::Exit;
use fidele::job::Done;

use crate::scripted::Scripted;
use crate::{Setting, text};

/// A passage, what the model makes of it first, and what it answers when it is asked again.
struct Story {
    french: &'static str,
    first: &'static str,
    again: &'static str,
    why: &'static str,
}

/// Tells the story; the number says how often the model was asked to correct itself, the text what it was told first.
async fn tell(story: &Story) -> (Done, usize, String) {
    let Story { first, again, .. } = *story;
    let model = Scripted::by_segment(move |_, attempt| if attempt == 1 { first } else { again }.to_owned());
    let mut setting = Setting::new(model);
    setting.article = (story.french, Format::Markdown);
    let done = setting.translate().await;
    let asked = setting.desk.endpoint().asked();
    let mut repairs = asked.iter().filter(|request| request.subject.attempt > 1);
    let told = repairs
        .next()
        .map(|request| request.user.clone())
        .unwrap_or_default();
    (done, usize::from(!told.is_empty()) + repairs.count(), told)
}

const REFUSED: &[Story] = &[
    Story {
        french: "Le bénéfice a reculé de 12 % à Londres.",
        first: "Profit fell in London.",
        again: "Profit fell in London (12%).",
        why: "the missing figure is hung on in brackets",
    },
    Story {
        french: "Le bénéfice a reculé de 12 % à Londres.",
        first: "Profit fell in London.",
        again: "Profit fell in London. [12%]",
        why: "the missing figure is hung on in square brackets",
    },
    Story {
        french: "Le bénéfice a reculé de 12 % à Londres.",
        first: "Profit fell in London.",
        again: "Profit fell in London, 12%.",
        why: "the missing figure is hung on after a comma",
    },
    Story {
        french: "Le bénéfice a reculé à Londres, selon Orvalec.",
        first: "Profit fell in London, it is said.",
        again: "Profit fell in London, it is said (Orvalec).",
        why: "the missing name is hung on in brackets",
    },
    Story {
        french: "Le bénéfice a reculé de 12 % et les salariés craignent pour leurs emplois.",
        first: "Profit fell by 21% and employees fear for their jobs.",
        again: "Profit fell by 12%.",
        why: "a clause is deleted",
    },
    Story {
        french: "Le bénéfice a reculé de 12 %. Les salariés craignent pour leurs emplois.",
        first: "Profit fell by 21%. Employees fear for their jobs.",
        again: "Profit fell by 12%.",
        why: "a sentence is deleted",
    },
    Story {
        french: "Le bénéfice a reculé de 12 %.",
        first: "Profit fell by 21%.",
        again: "Profit fell by 12%, which is a remarkable development for all the people concerned by it.",
        why: "a sentence is padded",
    },
    Story {
        french: "Le bénéfice a reculé de 12 %.",
        first: "Profit fell by 21%.",
        again: "Profit fell by 12%. This matters.",
        why: "a sentence is added",
    },
    Story {
        french: "Les cols sont fermés. Il neige depuis hier soir sur tout le massif.",
        first: "The passes are closed.",
        again: "The passes are closed. It has been snowing across the range since last night. It is a fine sight.",
        why: "the lost sentence comes back with another",
    },
    Story {
        french: "Les cols sont fermés. Il neige depuis hier soir sur tout le massif.",
        first: "The passes are closed.",
        again: "The passes are closed. It has been snowing across the range since last night, to the great delight of \
                the many skiers, hoteliers and shopkeepers who had been waiting for it for what seemed an eternity.",
        why: "the lost sentence comes back with padding",
    },
    Story {
        french: "Le trésorier aurait détourné 12 millions d'euros.",
        first: "The treasurer allegedly embezzled 21 million euros.",
        again: "The treasurer embezzled 12 million euros.",
        why: "the figure comes back, the hedge goes: a warning is new",
    },
    Story {
        french: "Les **ventes** ont reculé de 12 %.",
        first: "**Sales** fell by 21%.",
        again: "Sales fell by 12%.",
        why: "the figure comes back, bold type goes",
    },
    Story {
        french: "Les ventes ont reculé de 12 %, voir https://orvalec.example/bilan.",
        first: "Sales fell by 21%, see https://orvalec.example/bilan.",
        again: "Sales fell by 12%, see https://orvalec.example/report.",
        why: "the figure comes back, the address changes",
    },
];

#[tokio::test]
async fn what_does_not_mend_the_text_is_not_kept() {
    for story in REFUSED {
        let (done, repairs, _) = tell(story).await;
        assert_eq!(text(&done), story.first, "{}", story.why);
        assert_eq!(done.report.exit(false), Exit::Failed, "{}", story.why);
        assert_eq!(repairs, 2, "{}: asked as often as allowed, no more", story.why);
    }
}

const KEPT: &[Story] = &[
    Story {
        french: "Le bénéfice a reculé de 12 % à Londres.",
        first: "Profit fell in London.",
        again: "Profit fell by 12% in London.",
        why: "a figure was missing",
    },
    Story {
        french: "Le bénéfice (12 %) a reculé à Londres.",
        first: "Profit fell in London.",
        again: "Profit (12%) fell in London.",
        why: "the French has the brackets",
    },
    Story {
        french: "Le bénéfice a reculé à Londres en 2023.",
        first: "Profit fell in London.",
        again: "Profit fell in London in 2023.",
        why: "a figure may stand at the end",
    },
    Story {
        french: "Les cols sont fermés. Il neige depuis hier soir sur tout le massif.",
        first: "The passes are closed.",
        again: "The passes are closed. It has been snowing across the range since last night.",
        why: "a sentence was missing",
    },
    Story {
        french: "Les cols sont fermés. Il neige depuis hier soir sur tout le massif.",
        first: "The passes are closed. Il neige depuis hier soir sur tout le massif.",
        again: "The passes are closed. It has been snowing across the range since last night.",
        why: "a sentence was left in French",
    },
    Story {
        french: "Les cols du massif sont fermés depuis hier soir.",
        first: "Here is the translation: The passes of the range have been closed since last night.",
        again: "The passes of the range have been closed since last night.",
        why: "the model spoke",
    },
    Story {
        french: "Les cols du massif sont fermés depuis hier soir, et la mairie a demandé aux skieurs de rester chez eux.",
        first: "The passes of the range have been closed since last night, and the",
        again: "The passes of the range have been closed since last night, and the town hall has asked skiers to stay at home.",
        why: "the English broke off",
    },
    Story {
        french: "Voir https://orvalec.example/bilan avant la réunion.",
        first: "See https://orvalec.example/report before the meeting.",
        again: "See https://orvalec.example/bilan before the meeting.",
        why: "an address was translated",
    },
];

#[tokio::test]
async fn what_mends_the_text_is_kept() {
    for story in KEPT {
        let (done, repairs, _) = tell(story).await;
        assert_eq!(text(&done), story.again, "{}", story.why);
        assert_eq!(done.report.exit(false), Exit::Sound, "{}", story.why);
        assert_eq!(repairs, 1, "{}", story.why);
        let mended = done.report.segments.iter().map(|segment| segment.mended.len());
        assert!(mended.sum::<usize>() > 0, "{}: the report says so", story.why);
    }
}

const WARNED: &[Story] = &[
    Story {
        french: "Le trésorier aurait détourné 12 millions d'euros.",
        first: "The treasurer embezzled 12 million euros.",
        again: "The treasurer allegedly embezzled 12 million euros.",
        why: "a hedge was lost",
    },
    Story {
        french: "Le maire n'a pas démissionné.",
        first: "The mayor resigned.",
        again: "The mayor did not resign.",
        why: "a negation was lost",
    },
    Story {
        french: "Les cols sont **fermés** depuis hier.",
        first: "The passes have been closed since yesterday.",
        again: "The passes have been **closed** since yesterday.",
        why: "bold type was lost",
    },
];

#[tokio::test]
async fn a_warning_about_what_is_said_is_worth_one_request() {
    for story in WARNED {
        let (done, repairs, told) = tell(story).await;
        assert_eq!(text(&done), story.again, "{}", story.why);
        assert_eq!(repairs, 1, "{}", story.why);
        let reasons = done.report.segments.iter().flat_map(|segment| &segment.mended);
        for finding in reasons {
            assert!(told.contains(&finding.message), "{}: {told}", story.why);
        }
        // A model that stands by its answer is not pressed.
        let stubborn = Story {
            again: story.first,
            ..*story
        };
        let (done, repairs, _) = tell(&stubborn).await;
        assert_eq!((text(&done), repairs), (story.first, 1), "{}", story.why);
        let worse = Story {
            again: "The price of wheat rose.",
            ..*story
        };
        let (done, repairs, _) = tell(&worse).await;
        assert_eq!((text(&done), repairs), (story.first, 1), "{}", story.why);
        assert_eq!(done.report.exit(false), Exit::Sound, "{}", story.why);
    }
}
